/** Views of progress: the points of an outside data set, gathered per program. */
import type { View } from '../../platform/records/registry.ts'
import type { ImportedPointBody } from './records.ts'

export type ImportedPoints = {
  readonly program: string
  readonly points: readonly ImportedPointBody[]
  /** Ids that two records claim to correct. */
  readonly conflicts: readonly string[]
}

/** Points in the order of the source file: by row, which is also how a session that appears twice is told apart. */
export const importedPointsView: View<ImportedPoints> = {
  name: 'progress.points',
  version: 1,
  kinds: ['progress.imported_point'],
  fold({ live, conflicts }) {
    const program = live[0]?.refs['program']
    if (program === undefined) return null
    const points = live.map((record) => record.body as ImportedPointBody).sort((a, b) => a.row - b.row)
    return { program, points, conflicts }
  },
  parent: (state) => `program:${state.program}`,
}
