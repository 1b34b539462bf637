/** Today's log of a behavior program on this device: its entries, and the way to add one and take it back. */
import type { Day } from '../../../platform/core/days.ts'
import { uuidOf, type Uuid } from '../../../platform/core/ids.ts'
import { useAct } from '../../../platform/web/act.ts'
import type { Draft } from '../../../platform/web/store/draft.ts'
import { useDevice, useView } from '../../../platform/web/store/hooks.ts'
import type { Program } from '../../sessions/program.ts'
import { behaviorView, type BehaviorLog } from '../rules.ts'

export interface OpenLog {
  readonly entries: BehaviorLog['entries']
  add(noun: 'abc' | 'cell', body: Draft['body'], said: string): void
}

/** @param second the log of a second observer, in the place of the day's own. */
export function useBehaviorLog(program: Program, day: Day, second?: Uuid): OpenLog {
  const device = useDevice()
  const act = useAct()
  // one log a program, school day and device
  const own = uuidOf(`behavior ${program.id} ${day} ${device.id}`)
  const refs = { log: second ?? own, program: program.id }
  const { student } = program
  const partition = device.partitionOf({ kind: 'behavior.abc', student, refs }) ?? ''
  const log = useView(behaviorView, partition)
  return {
    entries: log?.entries ?? [],
    add(noun, body, said) {
      act({
        drafts: [{ kind: `behavior.${noun}`, body, student, refs }],
        said,
        undo: (made) =>
          made.map(({ id }) => ({
            kind: 'behavior.void',
            body: {},
            student,
            refs,
            replaces: id,
            reason: 'mis_tap',
          })),
      })
    },
  }
}
