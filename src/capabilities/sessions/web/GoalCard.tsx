/**
 * One goal on the pad: who and what, how far, the control of its measurement, and how its records stand. Its own
 * session decides what it shows: none yet, running, ended, or somebody else's.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import {
  BookOpenCheck,
  CircleDashed,
  CircleHelp,
  Ellipsis,
  Eye,
  Info,
  NotebookPen,
  Users,
} from 'lucide-react'
import { lazy, Suspense, use, useRef, useState, type ReactNode } from 'react'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { cx } from '../../../platform/web/kit/cx.ts'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { useDevice, useFromDevice } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import type { Me } from '../../schedule/model.ts'
import { planView } from '../../progress/plan.ts'
import { needsBrief } from '../../students/gate.ts'
import { isOpen, type Goal } from '../goal.ts'
import { LOGGED } from '../measures.ts'
import { partitionOfProgram, programOf, type Program } from '../program.ts'
import type { Measure, System } from '../records.ts'
import type { SessionItem, SessionState } from '../state.ts'
import { allowed, useConsent } from './consent.ts'
import { CorrectSheet } from './CorrectSheet.tsx'
import { CountPad } from './CountPad.tsx'
import { EndedIntervals } from './EndedIntervals.tsx'
import { EndSheet } from './EndSheet.tsx'
import { GoOnSoon } from './GoOnSoon.tsx'
import { goalNow, useGoal, useProgram, type Place } from './hooks.ts'
import { InfoSheet } from './InfoSheet.tsx'
import { LeftOpen } from './LeftOpen.tsx'
import { LogPadsContext, type LoggedSystem } from './log-pads.ts'
import { LogCard } from './LogCard.tsx'
import { MoreSheet } from './MoreSheet.tsx'
import { canHold, MoveSheet } from './MoveSheet.tsx'
import { ObservedSheet } from './ObservedSheet.tsx'
import { clockText } from './clock-text.ts'
import { PAD_OF } from './pads.ts'
import { useRecorder } from './recorder.ts'
import { SavedChip } from './SavedChip.tsx'
import { Score } from './Score.tsx'
import { StepPad } from './StepPad.tsx'
import { Taken } from './Taken.tsx'
import { TallySheet } from './TallySheet.tsx'
import { TrialPad } from './TrialPad.tsx'
import { Trail } from './Trail.tsx'
import { isWatched, wordOfReason } from './words.ts'
import styles from './GoalCard.module.css'

const AgreementPanel = lazy(() => import('./AgreementPanel.tsx'))
const MINUTE = 60_000

export interface GoalCardProps {
  readonly id: Uuid
  readonly place: Place
  readonly me: Me
  /** Among whom the goal's student is looked for. */
  readonly students: readonly Uuid[]
  /** Opened to observe what somebody else runs. */
  readonly observing?: boolean
}

export function GoalCard({ id, place, me, students, observing = false }: GoalCardProps) {
  const program = useProgram(id, students, place.day)
  const system = program?.body.measure.system
  const now = useNow(MINUTE)
  const first = useFromDevice((device) => program !== null && needsBrief(device, me, program.student, now))
  if (program && first)
    return <BriefFirst initials={me.students.find((one) => one.id === program.student)?.initials ?? '?'} />
  if (program && isLogged(system))
    return <LogCard program={program} system={system} place={place} me={me} observing={observing} />
  if (program)
    return <Card program={program} place={place} me={me} students={students} observing={observing} />
  return (
    <article className={cx(styles.card, styles.missing)}>
      <CircleDashed size={20} aria-hidden />
      <p>
        <Trans>
          A goal is planned here, but its plan is not on this device yet. It comes with the next sync.
        </Trans>
      </p>
    </article>
  )
}

/** A substitute reads and answers before the work begins (domain H.4). */
function BriefFirst({ initials }: { initials: string }) {
  return (
    <article className={cx(styles.card, styles.missing)}>
      <BookOpenCheck size={20} aria-hidden />
      <p>
        <Trans>{initials}: first the brief, then the goals.</Trans>
      </p>
      <ButtonLink to="/brief" size="pad">
        <Trans>Open the brief</Trans>
      </ButtonLink>
    </article>
  )
}

/** Until the others are said to be right, what is marked so far says nothing of the work. */
function isHalf({ measure }: SessionState): boolean {
  return measure.system === 'product'
}

function isLogged(system: System | undefined): system is LoggedSystem {
  return LOGGED.some((one) => one === system)
}

type Sheet =
  | { readonly is: 'info' | 'more' | 'stop' | 'not_run' | 'tally' | 'observed' | 'move' | 'abc' }
  | { readonly is: 'correct'; readonly item: SessionItem }

interface CardProps extends Omit<GoalCardProps, 'id'> {
  readonly program: Program
}

function Card({ program, place, me, students, observing = false }: CardProps) {
  const { t } = useLingui()
  const goal = useGoal(program.id, place)
  const device = useDevice()
  const student = me.students.find((one) => one.id === program.student)
  const initials = student?.initials ?? '?'
  const [material, setMaterial] = useState<string>()
  const recorder = useRecorder({
    material,
    program,
    place,
    initials,
    tags: student?.role === 'substitute' ? ['substitute'] : [],
  })
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const AbcPad = use(LogPadsContext).abc
  const [alongside, setAlongside] = useState(false)
  // who ran it earlier today and observes now begins anew
  const [again, setAgain] = useState(observing && goal.own?.observer === 'primary')
  const title = useRef<HTMLButtonElement>(null)
  const close = () => setSheet(null)

  const { own } = goal
  const open = own && isOpen(own) ? own : null
  const ended = own && !open && !again ? own : null
  const isRefused = ended?.reason === 'refused'
  const abc = isRefused || sheet?.is === 'more' || sheet?.is === 'abc' ? abcOf() : null
  const isTaken = !open && !ended && goal.others.length > 0 && !alongside
  const consent = useConsent(program.student)
  const measure = allowed(open ? (open.measure as Measure) : program.body.measure, consent)
  const Pad = PAD_OF[measure.system]
  const condition = open?.condition ?? program.phase?.condition ?? null

  const finish = () => {
    if (!open) return
    setAgain(false)
    recorder.end(open, 'complete')
    // the button under the finger goes away: the focus stays on this goal
    title.current?.focus({ preventScroll: true })
  }
  const correct = (item: SessionItem) => setSheet({ is: 'correct', item })

  // under the keys while one records: nobody's coming may move them from under the thumb
  const company = <Company goal={goal} me={me} person={device.person} />
  return (
    <article
      className={cx(styles.card, open && styles.open, ended && styles.ended)}
      data-color={student?.color ?? 1}
      aria-label={`${initials} ${program.body.title}`}
    >
      <header className={styles.head}>
        <Who initials={initials} color={student?.color ?? 1} />
        <div className={styles.title}>
          <h2>
            <button
              ref={title}
              type="button"
              className={styles.about}
              onClick={() => setSheet({ is: 'info' })}
              aria-haspopup="dialog"
              title={t`About this goal`}
            >
              {program.body.title}
              <Info size={15} aria-hidden />
            </button>
          </h2>
          {own && !again ? <SavedChip state={own} /> : <Subtitle measure={measure} condition={condition} />}
        </div>
        <div className={styles.end}>
          {own && own.status !== 'not_run' && !again && (ended || !isHalf(own)) && <Score state={own} />}
          {!isTaken && measure.system !== 'imported' && (
            <IconButton
              icon={Ellipsis}
              className={styles.more}
              label={t`More for ${initials} ${program.body.title}`}
              onClick={() => setSheet({ is: 'more' })}
            />
          )}
        </div>
      </header>

      {own?.observer === 'ioa' && company}
      {goal.leftOpen.map((state) => (
        <LeftOpen key={state.session} state={state} recorder={recorder} tz={me.district.tz} />
      ))}

      {isTaken ? (
        <Taken
          others={goal.others}
          me={me}
          onObserve={(watched) => recorder.observe(watched)}
          onAlongside={() => setAlongside(true)}
        />
      ) : ended ? (
        <>
          <Ended
            state={ended}
            goal={goal}
            me={me}
            wanted={program.body.direction === 'increase'}
            onItem={correct}
            // what came before a refusal is often worth a record (domain C.3)
            onAbc={isRefused && abc && AbcPad ? () => setSheet({ is: 'abc' }) : null}
          />
          <GoOnSoon state={ended} onGoOn={() => recorder.reopen(ended)} />
        </>
      ) : measure.system === 'trials' ? (
        <TrialPad
          measure={measure}
          state={open}
          watched={open && goal.partner}
          baseline={condition === 'baseline'}
          recorder={recorder}
          onItem={correct}
          onFinish={finish}
        />
      ) : measure.system === 'steps' ? (
        <StepPad
          measure={measure}
          state={open}
          watched={open && goal.partner}
          baseline={condition === 'baseline'}
          recorder={recorder}
          onItem={correct}
          onFinish={finish}
        />
      ) : measure.system === 'count' ? (
        <CountPad
          measure={measure}
          state={open}
          recorder={recorder}
          title={program.body.title}
          onFinish={finish}
        />
      ) : Pad ? (
        <Suspense fallback={<div className={styles.coming} aria-busy />}>
          <Pad
            measure={measure}
            state={open}
            watched={open && goal.partner}
            baseline={condition === 'baseline'}
            program={program}
            place={place}
            initials={initials}
            recorder={recorder}
            onItem={correct}
            onFinish={finish}
          />
        </Suspense>
      ) : (
        <p className={styles.quiet}>
          <Trans>These points come from outside. There is nothing to record here.</Trans>
        </p>
      )}

      {own?.observer !== 'ioa' && company}

      {sheet?.is === 'info' && (
        <InfoSheet program={program} initials={initials} measure={measure} onClose={close} />
      )}
      {sheet?.is === 'more' && (
        <MoreSheet
          initials={initials}
          program={program}
          measure={measure}
          goal={goal}
          recorder={recorder}
          onItem={correct}
          onClose={close}
          onStop={() => setSheet({ is: 'stop' })}
          onFinish={finish}
          onNotRun={() => setSheet({ is: 'not_run' })}
          onAgain={() => setAgain(true)}
          onTally={() => setSheet({ is: 'tally' })}
          onObserved={() => setSheet({ is: 'observed' })}
          onMove={() => setSheet({ is: 'move' })}
          elsewhere={own ? alike(own) : []}
          onAbc={abc && (() => setSheet({ is: 'abc' }))}
          material={own && !again ? own.material : material}
          onMaterial={(chosen) =>
            own && !again ? recorder.using(own, { material: chosen }, chosen) : setMaterial(chosen)
          }
        />
      )}
      {sheet?.is === 'abc' && abc && AbcPad && (
        <Suspense>
          <AbcPad
            program={abc}
            initials={initials}
            setting={place.block.place}
            day={place.day}
            onDone={close}
          />
        </Suspense>
      )}
      {sheet?.is === 'tally' && (
        <TallySheet title={`${initials} ${program.body.title}`} recorder={recorder} onClose={close} />
      )}
      {sheet?.is === 'observed' && own && (
        <ObservedSheet
          state={own}
          title={`${initials} ${program.body.title}`}
          recorder={recorder}
          onClose={close}
        />
      )}
      {sheet?.is === 'move' && own && (
        <MoveSheet
          targets={alike(own)}
          me={me}
          onMove={(target, whose) => recorder.move(own, target, whose)}
          onClose={close}
        />
      )}
      {sheet?.is === 'stop' && open && (
        <EndSheet
          mode="stop"
          title={`${initials} ${program.body.title}`}
          onClose={close}
          onReason={(reason) => recorder.end(open, 'partial', reason)}
        />
      )}
      {sheet?.is === 'not_run' && (
        <EndSheet
          mode="not_run"
          title={`${initials} ${program.body.title}`}
          onClose={close}
          initials={initials}
          siblings={open ? [] : notBegun(program)}
          onReason={(reason, all) => {
            if (open) recorder.end(open, 'not_run', reason)
            else recorder.notRun(all ? [program, ...notBegun(program)] : [program], reason)
          }}
        />
      )}
      {sheet?.is === 'correct' && own && (
        <CorrectSheet
          state={own}
          item={sheet.item}
          initials={initials}
          title={program.body.title}
          recorder={recorder}
          onClose={close}
        />
      )}
    </article>
  )

  /** The student's own program for ABC records: what happens waits for no block it is planned in. */
  function abcOf(): Program | null {
    for (const { state } of device.statesOf(planView, `student:${program.student}`)) {
      if (state.versions.at(-1)?.body.measure.system !== 'abc') continue
      const partition = partitionOfProgram(device, state.program, [program.student])
      return partition === null ? null : programOf(device.records(partition), place.day)
    }
    return null
  }

  /** Goals of other students today that could hold a session as it is. */
  function alike(state: SessionState): Program[] {
    const planned = new Set(place.blocks.flatMap((block) => block.programs))
    return [...planned].flatMap((id) => {
      const partition = partitionOfProgram(device, id, students)
      const other = partition === null ? null : programOf(device.records(partition), place.day)
      return other && other.student !== program.student && canHold(other.body.measure, state) ? [other] : []
    })
  }

  /** The other goals of this student in this block that nobody has begun. */
  function notBegun(except: Program): Program[] {
    return place.block.programs.flatMap((id) => {
      if (id === except.id) return []
      const partition = partitionOfProgram(device, id, students)
      const other = partition === null ? null : programOf(device.records(partition), place.day)
      const isSame = other?.student === except.student
      return isSame && goalNow(device, id, place).own === null ? [other] : []
    })
  }
}

function Subtitle({ measure, condition }: { measure: Measure; condition: string | null }) {
  if (condition === 'baseline')
    return (
      <span className={styles.baseline}>
        <Trans>Baseline: no prompts</Trans>
      </span>
    )
  if (!('prompts' in measure)) return null
  const { direction, levels, wait_s: wait } = measure.prompts
  if (levels.length === 0) return null
  const ladder = levels.map((level) => level.label).join(' → ')
  return (
    <span className={styles.subtitle}>
      <bdi>{ladder}</bdi>
      {direction !== 'graduated' && (
        <>
          {' · '}
          <Trans>wait {wait} s</Trans>
        </>
      )}
    </span>
  )
}

/** Who else is at this goal, in one quiet line. */
function Company({ goal, me, person }: { goal: Goal; me: Me; person: Uuid }) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const { own, others, finished, partner } = goal
  const nameOf = (id: Uuid) =>
    id === person
      ? t`you, on another device`
      : (me.people.find((one) => one.id === id)?.name ?? t`another adult`)
  const facts: ReactNode[] = []
  if (own?.observer === 'ioa')
    facts.push(
      <Tag key="observing" tone="info" icon={Eye}>
        {partner ? t`You observe ${nameOf(partner.by)}` : t`You observe`}
      </Tag>,
    )
  if (own?.observer === 'primary' && isOpen(own) && partner && isOpen(partner))
    facts.push(
      <Tag key="observed" tone="info" icon={Eye}>
        {t`${nameOf(partner.by)} observes`}
      </Tag>,
    )
  if (own && own.observer === 'primary')
    for (const other of others)
      facts.push(
        <Tag key={other.session} tone="wait" icon={Users}>
          {t`${nameOf(other.by)} records this too`}
        </Tag>,
      )
  if (!own && others.length === 0)
    for (const other of finished)
      facts.push(
        <Tag key={other.session} icon={Users}>
          {t`recorded by ${nameOf(other.by)} at ${formats.clock(other.started)}`}
        </Tag>,
      )
  return facts.length > 0 ? <div className={styles.company}>{facts}</div> : null
}

interface EndedProps {
  state: SessionState
  goal: Goal
  me: Me
  /** More of it is wanted. */
  wanted: boolean
  onItem: (item: SessionItem) => void
  onAbc: (() => void) | null
}

function Ended({ state, goal, me, wanted, onItem, onAbc }: EndedProps) {
  const { t, i18n } = useLingui()
  const formats = useFormats(me.district.tz)
  const at = formats.clock(state.ended ?? state.started)
  const why = wordOfReason(i18n, state.reason)
  return (
    <>
      {'prompts' in state.measure && state.items.length > 0 && (
        <Trail state={state} measure={state.measure as Measure} next={null} onItem={onItem} />
      )}
      {state.measure.system === 'interval' && (
        <EndedIntervals state={state} wanted={wanted} onItem={onItem} />
      )}
      <p className={styles.verdict}>
        {state.status === 'not_run' ? (
          <Trans>Not run. {why}</Trans>
        ) : state.status === 'partial' ? (
          <Trans>
            Stopped early at {at}. {why}
          </Trans>
        ) : (
          <Trans>Finished at {at}</Trans>
        )}
      </p>
      {onAbc && (
        <Button size="pad" wide icon={NotebookPen} onClick={onAbc}>
          {t`What happened …`}
        </Button>
      )}
      {isWatched(state.measure) && <ClockDoubt state={state} />}
      {goal.partner && (
        <Suspense>
          <AgreementPanel own={state} partner={goal.partner} hidden={goal.isHidden} me={me} />
        </Suspense>
      )}
    </>
  )
}

/** Where the two clocks of the device disagree about how long was watched, nobody but the observer knows (F15). */
function ClockDoubt({ state }: { state: SessionState }) {
  const elapsed = clockText(state.observedMs)
  if (!state.flags.includes('suspended_or_clock_changed') && !state.flags.includes('clock_changed'))
    return null
  return (
    <Notice tone="wait" icon={CircleHelp} announce>
      <Trans>
        This device slept or its clock changed meanwhile. Did you watch for {elapsed}? If not, tell the case
        manager; the point is marked on the graph.
      </Trans>
    </Notice>
  )
}
