/**
 * A group check (C8c, PLACHECK): several students looked at on one cue. One row a student, yes or no; each answer is a
 * record of that student alone, and those of one cue share an act. Who leaves keeps what was seen while they were here.
 * Whoever joins somebody else's check observes it: on the same cues, with the same numbers, and blind (domain D.8).
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Check, CheckCheck, DoorOpen, Eye, LogIn, Play } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { uuidOf, uuidv7 } from '../../../platform/core/ids.ts'
import { useAct } from '../../../platform/web/act.ts'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import type { Me } from '../../schedule/model.ts'
import { endDraft, observeDraft, startDraft, undoDrafts, voidDraft, type SessionDraft } from '../drafts.ts'
import { isOpen, type Goal } from '../goal.ts'
import type { MeasureOf } from '../measures.ts'
import type { Program } from '../program.ts'
import type { SessionState } from '../state.ts'
import { BigKey } from './BigKey.tsx'
import { allowSound, useCue } from '../../../platform/web/kit/cue.ts'
import { useGoal, useProgram, type Place } from './hooks.ts'
import { beatOf, useIntervals } from './intervals.ts'
import { PadKey } from './PadKey.tsx'
import { Ring } from '../../../platform/web/kit/Ring.tsx'
import { SavedChip } from './SavedChip.tsx'
import { Score } from './Score.tsx'
import { Taken } from './Taken.tsx'
import { useAwake } from '../../../platform/web/kit/useAwake.ts'
import card from './GoalCard.module.css'
import pads from './Pads.module.css'
import styles from './GroupCheck.module.css'

const AgreementPanel = lazy(() => import('./AgreementPanel.tsx'))

export interface GroupCheckProps {
  /** Ids of the programs, two or more, each of another student. */
  readonly ids: readonly string[]
  readonly measure: MeasureOf<'interval'>
  readonly place: Place
  readonly me: Me
  readonly students: readonly string[]
}

interface Row {
  readonly program: Program
  readonly state: SessionState | null
  /** Sessions of others that run now, and the one at the other end of an observation. */
  readonly goal: Goal
}

export default function GroupCheck(props: GroupCheckProps) {
  const { ids, place, students } = props
  return <Collect ids={ids} rows={[]} place={place} students={students} whole={props} />
}

/** Reads one goal after the other: each is a hook of its own, and their number stays while the block does. */
function Collect({
  ids,
  rows,
  place,
  students,
  whole,
}: {
  ids: readonly string[]
  rows: readonly Row[]
  place: Place
  students: readonly string[]
  whole: GroupCheckProps
}) {
  const [id, ...rest] = ids
  return id === undefined ? (
    <Group {...whole} rows={rows} />
  ) : (
    <Reader id={id} rest={rest} rows={rows} place={place} students={students} whole={whole} />
  )
}

function Reader({
  id,
  rest,
  rows,
  place,
  students,
  whole,
}: {
  id: string
  rest: readonly string[]
  rows: readonly Row[]
  place: Place
  students: readonly string[]
  whole: GroupCheckProps
}) {
  const program = useProgram(id, students, place.day)
  const goal = useGoal(id, place)
  const next = program ? [...rows, { program, state: goal.own, goal }] : rows
  return <Collect ids={rest} rows={next} place={place} students={students} whole={whole} />
}

function Group({ rows, measure, place, me }: GroupCheckProps & { rows: readonly Row[] }) {
  const { t } = useLingui()
  const device = useDevice()
  const act = useAct()
  const [alongside, setAlongside] = useState(false)
  const watched = alongside ? [] : rows.flatMap(({ goal }) => goal.others[0] ?? [])
  const open = rows.filter((row) => row.state && isOpen(row.state))
  // the group keeps the beat of whoever was there from the beginning
  const lead = rows
    .flatMap(({ state, goal }) => beatOf(state, goal.partner) ?? [])
    .toSorted((a, b) => (a.started < b.started ? -1 : 1))
    .find((state) => isOpen(state) || open.length === 0)
  const anchor = open.length > 0 ? (lead ?? null) : null
  const now = useIntervals(anchor, measure)
  useCue(measure.cue, now, measure.interval_s * 1000, measure.planned)
  useAwake(anchor !== null)
  const every = measure.interval_s * 1000
  const ended = now ? now.k - 1 : 0
  const isAsked =
    now !== null && ended >= 1 && ended <= measure.planned && now.into <= measure.tolerance_s * 1000
  /** The student's own number of the group's sample: who came later began later. */
  const placeIn = (row: Row) =>
    ended -
    Math.round(
      (Date.parse(beatOf(row.state, row.goal.partner)?.started ?? '') - Date.parse(anchor?.started ?? '')) /
        every,
    )
  const answerOf = (row: Row) => row.state?.items.find((item) => item.n === placeIn(row))?.code
  const unanswered = open.filter((row) => placeIn(row) >= 1 && answerOf(row) === undefined)
  const initialsOf = (row: Row) => me.students.find((one) => one.id === row.program.student)?.initials ?? '?'
  const colorOf = (row: Row) => me.students.find((one) => one.id === row.program.student)?.color ?? 1

  const tagsOf = (program: Program) =>
    me.students.find((one) => one.id === program.student)?.role === 'substitute'
      ? (['substitute'] as const)
      : []
  const startOf = (program: Program): SessionDraft =>
    startDraft(program, uuidv7(device.clock.now()), {
      setting: place.block.place,
      tags: [...tagsOf(program)],
    })
  const undo =
    (states: readonly (SessionState | null)[]) => (made: readonly { id: string; kind: string }[]) =>
      made.flatMap((record, index) => {
        const state = states[index]
        return state ? [voidDraft(state, record.id)] : []
      })

  const start = (which: readonly Row[]) => {
    allowSound(measure.cue)
    // who comes later begins with the sample that runs: its beat is the group's
    const at = anchor ? new Date(Date.parse(anchor.started) + ended * every).toISOString() : null
    const entered = new Date(device.clock.now()).toISOString()
    const drafts = which.map(({ program, goal }) => {
      const other = alongside ? undefined : goal.others[0]
      if (other) return observeDraft(other, uuidv7(device.clock.now()))
      return at === null ? startOf(program) : { ...startOf(program), at, entered }
    })
    act({
      drafts,
      said: t`${which.length} students: watching`,
      undo: (made) =>
        made.flatMap((record) => {
          const { session = '', program = '' } = record.refs
          return undoDrafts({ session, program, student: record.student ?? '' }, [record], null)
        }),
    })
  }
  const mark = (which: readonly Row[], code: '1' | '0') => {
    allowSound(measure.cue)
    const group = uuidOf(`${anchor?.session} ${ended}`)
    const states = which.map(({ state }) => state)
    const drafts = which.flatMap((row): SessionDraft[] => {
      if (!row.state) return []
      const { session, program, student } = row.state
      return [
        {
          kind: 'sessions.mark',
          student,
          refs: { session, program, act: group },
          body: { n: placeIn(row), code },
        },
      ]
    })
    const word = code === '1' ? t`yes` : t`no`
    const [only] = which
    const who = which.length === 1 && only ? initialsOf(only) : t`${which.length} students`
    act({ drafts, said: t`${who}, sample ${ended}: ${word}`, undo: undo(states) })
  }
  const leave = (row: Row) => {
    if (!row.state) return
    act({
      drafts: [endDraft(row.state, 'partial', 'student_left_early')],
      said: t`${initialsOf(row)} has left`,
      undo: undo([row.state]),
    })
  }
  const finish = () => {
    const states = open.map(({ state }) => state)
    act({
      drafts: states.flatMap((state) => (state ? [endDraft(state, 'complete')] : [])),
      said: t`${states.length} students: finished`,
      undo: undo(states),
    })
  }
  const isDone = now?.isOver === true && !isAsked
  const saved = open[0]?.state ?? rows.find(({ state }) => state)?.state
  const isTaken = rows.every(({ state }) => !state) && watched.length > 0
  const nameOf = (id: string) => me.people.find((one) => one.id === id)?.name ?? t`another adult`
  const partners = new Set(rows.flatMap(({ goal }) => goal.partner?.by ?? []))
  const observing = rows.some(({ state }) => state?.observer === 'ioa')
  return (
    <article className={card.card} aria-label={t`Group check`}>
      <header className={card.head}>
        <div className={styles.who}>
          {rows.map((row) => (
            <Who key={row.program.id} initials={initialsOf(row)} color={colorOf(row)} size="s" />
          ))}
        </div>
        <div className={card.title}>
          <h2>
            <Trans>Group check</Trans>
          </h2>
          {saved && <SavedChip state={saved} />}
        </div>
      </header>
      {[...partners].map((by) => (
        <div key={by} className={card.company}>
          <Tag tone="info" icon={Eye}>
            {observing ? t`You observe ${nameOf(by)}` : t`${nameOf(by)} observes`}
          </Tag>
        </div>
      ))}
      {!now && rows.every(({ state }) => state) ? (
        <ul className={styles.results}>
          {rows.map((row) => (
            <li key={row.program.id}>
              <Who initials={initialsOf(row)} color={colorOf(row)} size="s" />
              <Score state={row.state as SessionState} />
              {row.state && row.goal.partner && (
                <Suspense>
                  <AgreementPanel
                    own={row.state}
                    partner={row.goal.partner}
                    hidden={row.goal.isHidden}
                    me={me}
                  />
                </Suspense>
              )}
            </li>
          ))}
        </ul>
      ) : isTaken ? (
        <Taken
          others={watched}
          me={me}
          onObserve={() => start(rows.filter(({ goal }) => goal.others.length > 0))}
          onAlongside={() => setAlongside(true)}
        />
      ) : !now ? (
        <BigKey of={t`Group check`} onTap={() => start(rows.filter(({ state }) => !state))}>
          <span className={pads.verb}>
            <Play size={22} fill="currentColor" aria-hidden />
            <Trans>Start</Trans>
          </span>
          <span className={pads.small}>
            <Plural value={rows.length} one="# student" other="# students" />
          </span>
        </BigKey>
      ) : (
        <div className={pads.timed}>
          <Ring left={isDone ? 0 : now.left} of={measure.interval_s} due={isAsked} />
          <div className={pads.beside}>
            <p className={pads.asked} aria-live="assertive">
              <small>{t`Sample ${Math.min(now.k, measure.planned)} of ${measure.planned}`}</small>
              <strong>
                {isDone
                  ? t`Finish it when you are ready`
                  : isAsked && unanswered.length > 0
                    ? t`Look now: sample ${ended}`
                    : t`Wait for the cue`}
              </strong>
            </p>
          </div>
        </div>
      )}
      {now && (
        <ul className={styles.rows}>
          {rows.map((row) => {
            const initials = initialsOf(row)
            const isHere = row.state !== null && isOpen(row.state)
            const answer = isHere && isAsked ? answerOf(row) : undefined
            const scored = row.state?.summary.numerator ?? 0
            const observed = row.state?.summary.denominator ?? 0
            return (
              <li key={row.program.id} className={styles.row}>
                <span className={styles.student}>
                  <Who initials={initials} color={colorOf(row)} />
                  <small>{`${scored}/${observed}`}</small>
                </span>
                {isHere ? (
                  <>
                    <PadKey
                      sign="+"
                      word={t`yes`}
                      label={t`${initials}: yes`}
                      tone="yes"
                      pressed={answer === undefined ? undefined : answer === '1'}
                      disabled={!isAsked || answer !== undefined}
                      onTap={() => mark([row], '1')}
                    />
                    <PadKey
                      sign="–"
                      word={t`no`}
                      label={t`${initials}: no`}
                      tone="no"
                      pressed={answer === undefined ? undefined : answer === '0'}
                      disabled={!isAsked || answer !== undefined}
                      onTap={() => mark([row], '0')}
                    />
                    <IconButton
                      icon={DoorOpen}
                      size="pad"
                      label={t`${initials} leaves`}
                      onClick={() => leave(row)}
                    />
                  </>
                ) : (
                  <Button size="pad" icon={LogIn} onClick={() => start([row])}>
                    {row.state ? t`${initials} is back` : t`${initials} joins`}
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {now && isAsked && unanswered.length > 1 && (
        <Button size="pad" wide icon={CheckCheck} onClick={() => mark(unanswered, '1')}>
          {unanswered.length === open.length ? <Trans>All yes</Trans> : <Trans>The others: yes</Trans>}
        </Button>
      )}
      {now && (
        <div className={pads.foot}>
          <div className={pads.acts}>
            <Button variant={isDone ? 'primary' : 'secondary'} icon={Check} onClick={finish}>
              <Trans>Finish</Trans>
            </Button>
          </div>
        </div>
      )}
    </article>
  )
}
