/** To whom a session belongs that was recorded for the wrong student: goals measured alike, by initials. */
import { Trans, useLingui } from '@lingui/react/macro'
import { canonical, type Json } from '../../../platform/core/canonical.ts'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import type { Me } from '../../schedule/model.ts'
import type { Measure, System } from '../records.ts'
import type { Program } from '../program.ts'
import type { SessionState } from '../state.ts'
import styles from './sheets.module.css'

export interface MoveSheetProps {
  readonly targets: readonly Program[]
  readonly me: Me
  readonly onMove: (target: Program, whose: string) => void
  readonly onClose: () => void
}

export function MoveSheet({ targets, me, onMove, onClose }: MoveSheetProps) {
  const { t } = useLingui()
  return (
    <Dialog open onClose={onClose} title={t`Whose was it?`}>
      <p className={styles.lead}>
        <Trans>
          All of this session goes there with its own times. Here it is withdrawn, and nothing here says whose
          it was.
        </Trans>
      </p>
      <div className={styles.choices}>
        {targets.map((target) => {
          const student = me.students.find((one) => one.id === target.student)
          const initials = student?.initials ?? '?'
          return (
            <button
              key={target.id}
              type="button"
              className={styles.choice}
              onClick={() => {
                onMove(target, `${initials} ${target.body.title}`)
                onClose()
              }}
            >
              <Who initials={initials} color={student?.color ?? 1} />
              {target.body.title}
            </button>
          )
        })}
      </div>
    </Dialog>
  )
}

/** Whether another goal's measurement can hold what was recorded: the same way, and the same places where there are any. */
export function canHold(measure: Measure, state: SessionState): boolean {
  if (measure.system !== state.measure.system) return false
  if (FREE.includes(measure.system)) return true
  if ('prompts' in measure && measure.system !== 'steps')
    return state.items.every(
      ({ level }) => level === null || measure.prompts.levels.some(({ code }) => code === level),
    )
  return canonical(measure as Json) === canonical(state.measure as Json)
}

/** What is tapped there needs nothing of the plan. */
const FREE: readonly System[] = ['count', 'duration', 'latency', 'irt', 'probe']
