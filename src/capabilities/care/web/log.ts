/** Today's care log of a program on this device: its entries, and the way to add one and take it back. */
import type { Day } from '../../../platform/core/days.ts'
import { uuidOf, type Uuid } from '../../../platform/core/ids.ts'
import { useAct } from '../../../platform/web/act.ts'
import type { Draft } from '../../../platform/web/store/draft.ts'
import { useDevice, useView } from '../../../platform/web/store/hooks.ts'
import type { Program } from '../../sessions/program.ts'
import { careView, type CareLog } from '../rules.ts'

export interface OpenLog {
  readonly entries: CareLog['entries']
  /** The id of the record; `replaces` puts it in the place of another one. */
  add(noun: 'toileting' | 'feeding', body: Draft['body'], said: string, replaces?: Uuid): Uuid | null
}

/** @param second the log of a second observer, in the place of the day's own. */
export function useCareLog(program: Program, day: Day, second?: Uuid): OpenLog {
  const device = useDevice()
  const act = useAct()
  // one log a program, school day and device
  const own = uuidOf(`care ${program.id} ${day} ${device.id}`)
  const refs = { log: second ?? own, program: program.id }
  const { student, version } = program
  const partition = device.partitionOf({ kind: 'care.toileting', student, refs }) ?? ''
  const log = useView(careView, partition)
  return {
    entries: log?.entries ?? [],
    add(noun, body, said, replaces) {
      const [record] = act({
        drafts: [
          {
            kind: `care.${noun}`,
            body,
            student,
            refs: noun === 'feeding' ? { ...refs, version } : refs,
            ...(replaces === undefined ? {} : { replaces, reason: 'other: more was seen' }),
          },
        ],
        said,
        undo: (made) =>
          made.map(({ id }) => ({
            kind: 'care.void',
            body: {},
            student,
            refs,
            replaces: id,
            reason: 'mis_tap',
          })),
      })
      return record?.id ?? null
    },
  }
}
