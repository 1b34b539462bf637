/**
 * Second observers of a goal, for who decides about it: how many sessions of this phase were observed against the usual
 * target, what is planned, and the way to plan one (domain D.8). A plan is done by the observation itself.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Eye, Scale } from 'lucide-react'
import { useState } from 'react'
import { addDays, dayOf, type Day } from '../../../platform/core/days.ts'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useDevice, useStates } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import type { Me } from '../../schedule/model.ts'
import { observationsView, plannedNow, type PlannedNow } from '../../sessions/observations.ts'
import { coverageOf, IOA_TARGET } from '../coverage.ts'
import type { Goal } from '../goal.ts'
import type { LogAgreement } from '../log-agreement.ts'
import { TAKERS } from '../records.ts'
import { useMe } from './held.ts'
import { decidesFor } from './owners.ts'
import { useDayWords } from './say.ts'
import type { FoundGoal } from './useGoal.ts'
import styles from './AtOnce.module.css'

/** Done ones shown below the others. */
const FEW = 3
/** Days from today that a plan proposes. */
const WEEK = 7

export default function Observers({ found: { goal, held } }: { found: FoundGoal }) {
  const me = useMe()
  const { system } = goal.version.body.measure
  if (!me || !held || !decidesFor(me, goal.student) || system === 'imported' || system === 'feeding')
    return null
  return <Section goal={goal} me={me} />
}

function Section({ goal, me }: { goal: Goal; me: Me }) {
  const { person } = useDevice()
  const today = dayOf(useNow(60_000), goal.tz)
  const [open, setOpen] = useState(false)
  const states = useStates(observationsView, `program:${goal.program}`)
  const planned = plannedNow(
    states.flatMap(({ state }) => state.planned),
    goal.watches,
    today,
  )
  const names = { ...goal.names, [person]: me.person.name }
  const waiting = planned.filter(({ is }) => is !== 'done')
  const done = planned.filter(({ is }) => is === 'done').slice(-FEW)
  return (
    <section className={styles.section} aria-labelledby="observers">
      <h2 id="observers">
        <Trans>Second observers</Trans>
      </h2>
      <Card className={styles.group}>
        <Coverage goal={goal} />
        <LogAgreements goal={goal} names={names} today={today} />
        {planned.length > 0 && (
          <ul className={styles.chosen}>
            {[...waiting, ...done].map((one) => (
              <Row key={one.id} goal={goal} one={one} names={names} today={today} />
            ))}
          </ul>
        )}
        <Button icon={Eye} onClick={() => setOpen(true)}>
          <Trans>Plan an observation</Trans>
        </Button>
      </Card>
      {open && <PlanSheet goal={goal} me={me} today={today} onClose={() => setOpen(false)} />}
    </section>
  )
}

/** Of the major phase that the newest session belongs to. */
function Coverage({ goal: { model } }: { goal: Goal }) {
  const last = model.phases.length - 1
  const newest = model.points.at(-1)?.phase ?? last
  const first = Math.max(
    0,
    model.phases.findLastIndex((phase, n) => n <= newest && phase.major),
  )
  const coverage = coverageOf(model, { first, last })
  if (!coverage) return null
  const { watched, sessions } = coverage
  return (
    <p>
      <Plural
        value={sessions}
        one={`${watched} of # session in this phase was observed by a second person.`}
        other={`${watched} of # sessions in this phase were observed by a second person.`}
      />{' '}
      <span className={styles.quiet}>
        <Trans>Usual: {IOA_TARGET} % or more.</Trans>
      </span>
    </p>
  )
}

/** Of a log: what each observation came to. They stand side by side and are never averaged (domain D.8). */
function LogAgreements({ goal, names, today }: Omit<RowProps, 'one'>) {
  const { t, i18n } = useLingui()
  const dayWord = useDayWords()
  const formats = useFormats(goal.tz)
  const share = new Intl.NumberFormat(i18n.locale, { style: 'percent', maximumFractionDigits: 0 })
  if (goal.logAgreements.length === 0) return null
  const said = ({ formula, agreed, total, percent, nonOccurrence }: LogAgreement) => {
    if (nonOccurrence) return t`100 %, agreed that nothing happened`
    const pair = `${agreed}/${total}`
    const of = formula === 'code_by_code' ? t`codes` : formula === 'cell_by_cell' ? t`cells` : t`visits`
    if (!percent) return t`${pair} ${of}: too few for a percentage`
    return t`${pair} ${of} = ${share.format(percent.numerator / percent.denominator)}`
  }
  return (
    <ul className={styles.chosen} aria-label={t`Agreement`}>
      {goal.logAgreements.slice(0, MOST).map((one) => {
        const { watch, low, key } = one
        const [who, beside] = [names[watch.observer] ?? '?', names[watch.adult] ?? '?']
        return (
          <li key={key}>
            <p>
              <strong>{said(one)}</strong>{' '}
              {low && <Tag tone="wait" icon={Scale}>{t`low: see what to do under Decisions`}</Tag>}
              <br />
              <span className={styles.quiet}>
                {dayWord(one.day, today)}, {formats.clock(watch.from)} –{' '}
                {formats.clock(watch.to ?? watch.from)}
                {' · '}
                <Trans>
                  {who} beside {beside}
                </Trans>
              </span>
            </p>
          </li>
        )
      })}
    </ul>
  )
}
/** Observations of logs shown, the newest. */
const MOST = 6

interface RowProps {
  goal: Goal
  one: PlannedNow
  names: Readonly<Record<string, string>>
  today: Day
}

function Row({ goal, one, names, today }: RowProps) {
  const { t } = useLingui()
  const act = useAct()
  const dayWord = useDayWords()
  const { id, observer, adult, due, is } = one
  const who = names[observer] ?? t`another adult`
  const beside = adult === null ? null : (names[adult] ?? t`another adult`)
  const day = dayWord(due, today)
  return (
    <li>
      <p>
        {beside === null ? (
          <Trans>{who} observes, whoever runs it</Trans>
        ) : (
          <Trans>
            {who} observes beside {beside}
          </Trans>
        )}{' '}
        <Tag tone={is === 'done' ? 'ok' : is === 'overdue' ? 'wait' : is === 'running' ? 'info' : 'neutral'}>
          {is === 'done'
            ? t`done`
            : is === 'running'
              ? t`not ended yet`
              : is === 'overdue'
                ? t`was due ${day}`
                : t`by ${day}`}
        </Tag>
      </p>
      {(is === 'due' || is === 'overdue') && (
        <Button
          aria-label={t`Call off: ${who}, ${day}`}
          onClick={() =>
            act({
              drafts: [
                {
                  kind: 'sessions.observation',
                  body: { due, called_off: true },
                  student: goal.student,
                  refs: { program: goal.program, observer, ...(adult === null ? {} : { adult }) },
                  replaces: id,
                  reason: 'other: called off',
                },
              ],
              said: t`Called off`,
            })
          }
        >
          <Trans>Call off</Trans>
        </Button>
      )}
    </li>
  )
}

interface PlanSheetProps {
  goal: Goal
  me: Me
  today: Day
  onClose: () => void
}

function PlanSheet({ goal, me, today, onClose }: PlanSheetProps) {
  const { t } = useLingui()
  const act = useAct()
  const team = me.people.filter(
    (one) =>
      one.id !== me.person.id && TAKERS.includes(one.role) && (one.with?.includes(goal.student) ?? true),
  )
  const people = [{ id: me.person.id, name: me.person.name }, ...team]
  const [observer, setObserver] = useState<string | null>(null)
  const [adult, setAdult] = useState(ANYBODY)
  const [due, setDue] = useState<string>(addDays(today, WEEK))
  const options = people.map(({ id, name }) => ({ value: id, label: name }))
  const isWhole = observer !== null && observer !== adult && due >= today
  const plan = () => {
    if (observer === null) return
    act({
      drafts: [
        {
          kind: 'sessions.observation',
          body: { due },
          student: goal.student,
          refs: { program: goal.program, observer, ...(adult === ANYBODY ? {} : { adult }) },
        },
      ],
      said: t`Planned. It stands on the observer’s Today.`,
      undo: (made) =>
        made.map(({ id, student, refs }) => ({
          kind: 'sessions.observation',
          body: { due, called_off: true },
          student,
          refs,
          replaces: id,
          reason: 'mis_tap',
        })),
    })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Plan an observation`}
      actions={
        <Button variant="primary" disabled={!isWhole} onClick={plan}>
          <Trans>Plan it</Trans>
        </Button>
      }
    >
      <div className={styles.group}>
        <Select
          label={t`Who observes`}
          placeholder={t`Choose a person`}
          options={options}
          value={observer}
          onChange={setObserver}
        />
        <Select
          label={t`Beside whom`}
          placeholder={t`Choose a person`}
          options={[{ value: ANYBODY, label: t`Whoever runs it` }, ...options]}
          value={adult}
          onChange={setAdult}
          error={observer === adult ? t`Nobody observes their own session.` : undefined}
        />
        <TextField
          label={t`Until`}
          type="date"
          value={due}
          onChange={setDue}
          error={due < today ? t`Choose today or a day to come.` : undefined}
        />
        <p className={styles.quiet}>
          <Trans>
            Both record at the same time, neither sees what the other records until both have ended, and then
            you read how far they agree.
          </Trans>
        </p>
      </div>
    </Dialog>
  )
}
const ANYBODY = 'anybody'
