/**
 * Who does what instead, an adult at a time: when, where, with whom, why, and what they leave for it, said before anybody
 * is moved. Each line can be given to somebody else by hand; the server judges it by the same rules.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowRight, CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { ask, Refused } from '../../../platform/web/http.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import type { ProposedPart, Step } from '../model.ts'
import { Done, type CoverBoard, type Plan } from '../wire.ts'
import type { z } from 'zod'
import { minuteAt } from './hooks.ts'
import { Students } from './Students.tsx'
import { taskNames } from '../../../platform/web/desk/tasks.ts'
import { LEVEL, WHY } from './words.ts'
import styles from './cover.module.css'

const NOBODY = 'nobody'

interface StepsProps {
  readonly board: CoverBoard
  readonly plan: z.infer<typeof Plan>
  readonly onChanged: () => void
}

export function Steps({ board, plan, onChanged }: StepsProps) {
  const [changing, setChanging] = useState<ProposedPart | null>(null)
  const byPerson = Map.groupBy(plan.proposal.steps, ({ person }) => person)
  return (
    <>
      {[...byPerson].map(([person, steps]) => (
        <Card as="section" key={person} aria-label={board.names[person]} className={styles.stack}>
          <h3 className={styles.name}>{board.names[person]}</h3>
          <ul className={styles.lines}>
            {[...Map.groupBy(steps, ({ part }) => part.task)].map(([task, some]) => (
              <li key={task}>
                <TaskLine
                  board={board}
                  steps={some}
                  onChange={plan.status === 'proposed' ? setChanging : null}
                />
              </li>
            ))}
          </ul>
        </Card>
      ))}
      {changing && (
        <ChangeSheet
          board={board}
          plan={plan.id}
          part={changing}
          onClose={() => setChanging(null)}
          onDone={() => {
            setChanging(null)
            onChanged()
          }}
        />
      )}
    </>
  )
}

interface TaskLineProps {
  readonly board: CoverBoard
  /** Of one adult in one task. */
  readonly steps: readonly Step[]
  readonly onChange: ((part: ProposedPart) => void) | null
}

function TaskLine({ board, steps, onChange }: TaskLineProps) {
  const [first] = steps
  if (!first) return null
  const { part, leaves } = first
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <Times part={part} />
        <span className={styles.title}>{part.title}</span>
        <span className={styles.quiet}>{part.place}</span>
      </div>
      {steps.map((step) => (
        <div key={step.part.students.join()} className={styles.row}>
          <Students ids={step.part.students} students={board.students} />
          <span className={`${styles.quiet} ${styles.grow}`}>
            <Whys step={step} board={board} />
          </span>
          {onChange && (
            <Button variant="ghost" onClick={() => onChange(step.part)}>
              <Trans>Change</Trans>
            </Button>
          )}
        </div>
      ))}
      {leaves.map((left) => (
        <p key={`${left.task} ${left.students.join()}`} className={styles.left}>
          <ArrowRight size={16} aria-hidden />
          <span>
            <Trans>leaves {left.title}:</Trans>
          </span>
          <Students ids={left.students} students={board.students} />
          {left.by === null ? (
            <Tag tone="danger" icon={CircleAlert}>
              <Trans>nobody</Trans>
            </Tag>
          ) : (
            <span>{board.names[left.by]}</span>
          )}
        </p>
      ))}
    </div>
  )
}

export function Times({ part: { start, end } }: { part: { start: number; end: number } }) {
  const formats = useFormats('UTC')
  return (
    <span className={styles.time}>
      {formats.clock(minuteAt(start))}–{formats.clock(minuteAt(end))}
    </span>
  )
}

function Whys({ step: { why, part }, board }: { step: Step; board: CoverBoard }) {
  const { i18n } = useLingui()
  const initials = (some: readonly string[]) => some.map((id) => board.students[id]?.initials ?? '').join(' ')
  const said = why.map(({ code, students, tasks: some }) =>
    [
      i18n._(WHY[code]),
      code === 'trained'
        ? taskNames(i18n, some)
        : code === 'free' || code === 'pulled'
          ? ''
          : initials(students),
    ]
      .filter((words) => words !== '')
      .join(' '),
  )
  return [i18n._(LEVEL[part.level]), ...said].join(' · ')
}

interface ChangeProps {
  readonly board: CoverBoard
  readonly plan: string
  readonly part: ProposedPart
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Somebody else for one line, or nobody. */
export function ChangeSheet({ board, plan, part, onClose, onDone }: ChangeProps) {
  const { t } = useLingui()
  const [person, setPerson] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<'refused' | 'server' | null>(null)
  const change = async () => {
    setBusy(true)
    setFailed(null)
    try {
      await ask(Done, `/api/coverage/plans/${plan}/change`, {
        method: 'POST',
        body: { task: part.task, students: part.students, person: person === NOBODY ? null : person },
      })
      onDone()
    } catch (error) {
      setFailed(error instanceof Refused && error.code === 'coverage.refused' ? 'refused' : 'server')
      setBusy(false)
    }
  }
  const people = board.people
    .map((one) => ({ value: one, label: board.names[one] ?? '' }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
  return (
    <Dialog
      open
      onClose={onClose}
      title={part.title}
      actions={
        <Button variant="primary" busy={busy} disabled={person === null} onClick={() => void change()}>
          <Trans>Change the plan</Trans>
        </Button>
      }
    >
      <div className={styles.stack}>
        <p className={styles.row}>
          <Times part={part} />
          <span>{part.place}</span>
          <Students ids={part.students} students={board.students} />
        </p>
        {failed === 'refused' && (
          <Notice tone="wait" icon={CircleAlert} announce>
            <Trans>
              This person may not do this: away, not at work, on a break, not trained, or not to be planned
              here.
            </Trans>
          </Notice>
        )}
        {failed === 'server' && (
          <Notice tone="wait" icon={CircleAlert} announce>
            <Trans>That did not reach the school’s server. Nothing has changed; try again.</Trans>
          </Notice>
        )}
        <Select
          label={t`Who does it`}
          options={[...people, { value: NOBODY, label: t`Nobody` }]}
          value={person}
          onChange={setPerson}
          placeholder={t`Choose a person`}
        />
      </div>
    </Dialog>
  )
}
