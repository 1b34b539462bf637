/**
 * A count of a student who is with me now: one tap counts, from the first screen. The first tap starts the session
 * and its observation clock, as on the pad, and the pad goes on with the same session.
 */
import { useLingui } from '@lingui/react/macro'
import { useRef } from 'react'
import type { Uuid } from '../../../platform/core/ids.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useAct } from '../../../platform/web/act.ts'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import { useDevice, useStates } from '../../../platform/web/store/hooks.ts'
import { startDraft, tapDraft, undoDrafts } from '../../sessions/drafts.ts'
import { goalOf, isOpen } from '../../sessions/goal.ts'
import type { Measure } from '../../sessions/records.ts'
import { isRapid, sessionView } from '../../sessions/rules.ts'
import type { SessionState } from '../../sessions/state.ts'
import type { BoardBlock, DayBoard, MyStudent } from '../model.ts'
import { useProgram } from './hooks.ts'
import { statesOf } from './outcome.ts'
import styles from './Counter.module.css'

export interface CounterProps {
  readonly program: Uuid
  readonly student: MyStudent
  readonly block: BoardBlock
  readonly board: DayBoard
}

export function Counter({ program: id, student, block, board }: CounterProps) {
  const { t } = useLingui()
  const device = useDevice()
  const act = useAct()
  const program = useProgram(id, [student.id], board.day)
  const lastTap = useRef<number | null>(null)
  const goalIn = (states: readonly SessionState[]) =>
    goalOf({
      states,
      day: board.day,
      block,
      blocks: board.blocks.filter((one) => one.programs.includes(id)),
      device: device.id,
      person: device.person,
    })
  const { own, others } = goalIn(useStates(sessionView, `program:${id}`).map(({ state }) => state))
  if (program?.body.measure.system !== 'count') return null
  const { title } = program.body
  const { initials } = student

  const count = () => {
    // as it is now, not as it was drawn: two quick taps never start two sessions
    const standing = goalIn(statesOf(device, id)).own
    const open = standing && isOpen(standing) ? standing : null
    const ref = open ?? { session: uuidv7(device.clock.now()), program: id, student: student.id }
    const at = device.clock.mono()
    const isBounce = isRapid(lastTap.current, at, (open?.measure ?? program.body.measure) as Measure)
    if (!isBounce) lastTap.current = at
    const where = {
      setting: block.place,
      tags: student.role === 'substitute' ? (['substitute'] as const).slice() : [],
    }
    const total = (open?.items.length ?? 0) + 1
    act({
      drafts: [
        ...(open ? [] : [startDraft(program, ref.session, where)]),
        tapDraft(ref, { noun: 'occurrence' }),
      ],
      said: isBounce ? null : t`${initials} ${title}: ${total}`,
      ...(isBounce
        ? {}
        : {
            undo: (made) => {
              lastTap.current = null
              const now = statesOf(device, id).find((state) => state.session === ref.session) ?? null
              return undoDrafts(ref, made, now)
            },
          }),
    })
  }

  const open = own && isOpen(own) ? own : null
  const isPaused = open !== null && open.runningSince === null
  const taken = !own && others.length > 0
  if (taken || isPaused || own?.status === 'not_run')
    return (
      <Link to="/pad/$block" params={{ block: block.assignment }} className={styles.aside}>
        <VisuallyHidden>{initials} </VisuallyHidden>
        <span>{title}</span>
        <small>{taken ? t`another adult records` : isPaused ? t`paused` : t`not run`}</small>
      </Link>
    )
  return (
    <button
      type="button"
      className={styles.plus}
      onClick={count}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault()
      }}
    >
      <span className={styles.sign}>+1{open && <small>{open.items.length}</small>}</span>
      <span className={styles.title}>{title}</span>
    </button>
  )
}
