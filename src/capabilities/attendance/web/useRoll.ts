/** The acts of a roll: all here in one tap, one student in one tap, each to be taken back. */
import { useLingui } from '@lingui/react/macro'
import type { Day } from '../../../platform/core/days.ts'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import { useAct } from '../../../platform/web/act.ts'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import type { BoardBlock, MyStudent } from '../../schedule/model.ts'
import type { Presence } from '../records.ts'
import { markIn } from '../rules.ts'
import { backDrafts, dayOn, minutesInto, presenceDraft } from './roll.ts'
import { MARKS } from './words.ts'

export interface Roll {
  /** Marks those here whom nobody has marked in this block yet. */
  allHere(students: readonly MyStudent[]): void
  mark(student: MyStudent, state: Presence): void
}

export function useRoll(block: BoardBlock, day: Day): Roll {
  const { t, i18n } = useLingui()
  const device = useDevice()
  const act = useAct()
  const place = { day, block: block.code }
  const said = (student: MyStudent, state: Presence) => `${student.initials}: ${i18n._(MARKS[state].name)}`
  return {
    allHere(students) {
      // as it is now: somebody else may have marked one a moment ago
      const unmarked = students.filter(({ id }) => markIn(dayOn(device, id, day), block.code) === null)
      const [only] = unmarked
      if (!only) return
      const id: Uuid = uuidv7(device.clock.now())
      act({
        drafts: unmarked.map((student) => presenceDraft(student.id, place, 'present', { act: id })),
        said: unmarked.length === 1 ? said(only, 'present') : t`${unmarked.length} students: here`,
        undo: backDrafts,
      })
    },
    mark(student, state) {
      const timed = state === 'late' || state === 'left'
      const minutes = timed ? { minutes: Math.min(600, minutesInto(block, device.clock.now())) } : {}
      act({
        drafts: [presenceDraft(student.id, place, state, minutes)],
        said: said(student, state),
        undo: backDrafts,
      })
    },
  }
}
