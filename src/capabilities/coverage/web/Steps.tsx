/**
 * Who does what instead, an adult at a time: when, where, with whom, why, and what they leave for it, said before anybody
 * is moved. Each line can be given to somebody else by hand; the server judges it by the same rules.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowRight, CircleAlert, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { REFUSALS, type ProposedPart, type Step } from '../model.ts'
import type { CoverBoard, Plan } from '../wire.ts'
import { z } from 'zod'
import { minuteAt } from './hooks.ts'
import { RefusalWords } from './RefusalWords.tsx'
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
        <PlaceOf part={part} board={board} />
      </div>
      {steps.map((step) => (
        <div key={step.part.students.join()} className={styles.row}>
          <Students ids={step.part.students} students={board.students} />
          <span className={`${styles.quiet} ${styles.grow}`}>
            <Whys step={step} board={board} />
          </span>
          {step.beside?.map((one) => (
            <Tag key={one} tone="wait" icon={UsersRound}>
              <Trans>only beside {board.names[one]}</Trans>
            </Tag>
          ))}
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

/** Where it is; of a relief, whose break it is. */
export function PlaceOf({ part, board }: { part: ProposedPart; board: CoverBoard }) {
  return (
    <span className={styles.quiet}>
      {part.relief ? <Trans>Relief for the break of {board.names[part.usual]}</Trans> : part.place}
    </span>
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

/** What the server says beside `coverage.refused` (changePlan). */
const RefusedBy = z
  .object({
    code: z.literal('coverage.refused'),
    why: z.enum(REFUSALS),
    tasks: z.string(),
    since: z.string(),
  })
  .transform(({ why, tasks, since }) => ({
    code: why,
    tasks: tasks.split(',').filter((task) => task !== ''),
    since: since === '' ? null : since,
  }))

/** Somebody else for one line, or nobody; the reason against somebody is said as the board says it. */
export function ChangeSheet({ board, plan, part, onClose, onDone }: ChangeProps) {
  const { t } = useLingui()
  const [person, setPerson] = useState<string | null>(null)
  const command = useCommand()
  const change = async () => {
    const body = { task: part.task, students: part.students, person: person === NOBODY ? null : person }
    if (await command.send(`/api/coverage/plans/${plan}/change`, body)) onDone()
  }
  const refused = RefusedBy.safeParse(command.wrong?.said).data
  const people = board.people
    .map((one) => ({ value: one, label: board.names[one] ?? '' }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
  return (
    <Dialog
      open
      onClose={onClose}
      title={part.title}
      actions={
        <Button
          variant="primary"
          busy={command.busy}
          disabled={person === null}
          onClick={() => void change()}
        >
          <Trans>Change the plan</Trans>
        </Button>
      }
    >
      <div className={styles.stack}>
        <p className={styles.row}>
          <Times part={part} />
          <PlaceOf part={part} board={board} />
          <Students ids={part.students} students={board.students} />
        </p>
        <Wrong
          wrong={command.wrong}
          words={{
            'coverage.refused':
              refused && person !== null ? (
                <RefusalWords board={board} refusal={{ ...refused, person }} />
              ) : (
                <Trans>This person may not do this.</Trans>
              ),
            'coverage.not_proposed': (
              <Trans>This plan was approved or replaced meanwhile. Close this and look again.</Trans>
            ),
          }}
        />
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
