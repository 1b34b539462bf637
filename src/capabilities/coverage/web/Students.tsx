/** Students by their initials, in a line; whoever is out of reach is not named. */
import { Who } from '../../../platform/web/kit/Who.tsx'
import type { CoverBoard } from '../wire.ts'

export function Students({ ids, students }: { ids: readonly string[]; students: CoverBoard['students'] }) {
  return ids.map((id) => {
    const one = students[id]
    return one && <Who key={id} initials={one.initials} color={one.color} size="s" />
  })
}
