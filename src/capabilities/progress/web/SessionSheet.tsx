/**
 * One session with all that was recorded in it: each result, what does not count and why, how a second observer saw
 * it, and what was corrected by whom, when and why. Nothing here can be changed; correcting is the pad's.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { wordOfAside, wordOfCondition, wordOfCorrection } from '../../../platform/web/i18n/results.ts'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useFromDevice, useRecords } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import type { Agreement } from '../../sessions/rules.ts'
import type { SessionItem, SessionState } from '../../sessions/state.ts'
import { correctionsOf, type Correction } from '../corrections.ts'
import type { GoalSession } from '../goal.ts'
import { Photos } from './Photos.tsx'
import { markOf, sayCode, sayValue, toneOf } from './say.ts'
import { sayAgreement, sayNotes } from './session-words.ts'
import type { FoundGoal } from './useGoal.ts'
import { useGraphWords } from './words.ts'
import styles from './SessionSheet.module.css'

interface SessionSheetProps {
  found: FoundGoal
  session: GoalSession
  onClose: () => void
}

export function SessionSheet({ found, session, onClose }: SessionSheetProps) {
  const { goal } = found
  const { i18n } = useLingui()
  const words = useGraphWords()
  const formats = useFormats(goal.tz)
  const { state, point } = session
  const notes = sayNotes(i18n, words, session, dayOf(useNow(60_000), goal.tz))
  const value = sayValue(words, point)
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${formats.dateLong(state.started)}, ${formats.time(state.started)}`}
    >
      <div className={styles.facts}>
        <p className={styles.value}>{value ?? <Trans>no data</Trans>}</p>
        <p className={styles.quiet}>
          <Facts found={found} session={session} />
        </p>
        {notes.length > 0 && (
          <p className={styles.tags}>
            {notes.map((note) => (
              <Tag key={note}>{note}</Tag>
            ))}
          </p>
        )}
      </div>
      <Items found={found} session={session} />
      {state.aside.length > 0 && <Aside found={found} state={state} />}
      <Photos student={goal.student} partition={session.partition} tz={goal.tz} />
      <Corrections found={found} session={session} />
    </Dialog>
  )
}

/** By whom, where, under which conditions and version. */
function Facts({ found: { goal }, session: { state, by } }: Omit<SessionSheetProps, 'onClose'>) {
  const { t, i18n } = useLingui()
  const number = goal.plan.versions.find(({ id }) => id === state.version)?.body.number
  const minutes = Math.round(state.observedMs / 60_000)
  const parts = [
    by,
    state.setting,
    wordOfCondition(i18n, state.condition),
    goal.plan.versions.length > 1 && number !== undefined ? t`version ${number}` : '',
    state.status === 'complete' && minutes > 0 ? t`${minutes} min` : '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

function Section({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** Every item that counts; beside it, when two can be compared, what the second observer recorded. */
function Items({ found: { goal }, session }: Omit<SessionSheetProps, 'onClose'>) {
  const { t } = useLingui()
  const words = useGraphWords()
  const { state, second, agreement } = session
  const said = sayAgreement(words, session)
  const { measure, items } = state
  if (items.length === 0 && !agreement) return null
  const by = second ? (goal.names[second.state.by] ?? t`second observer`) : ''
  if (measure.system === 'count')
    return (
      <Section title={<Trans>Counted</Trans>}>
        <Occurrences items={items} />
        {said !== null && (
          <p className={styles.quiet}>
            <Trans>
              Agreement with {by}: {said}
            </Trans>
          </p>
        )}
      </Section>
    )
  const places = placesOf(measure)
  const isTimed = TIMED.includes(measure.system)
  return (
    <Section title={titleOf(measure)}>
      {said !== null && (
        <p className={styles.quiet}>
          <Trans>
            Agreement with {by}: {said}
          </Trans>
        </p>
      )}
      <ol className={styles.items}>
        {items.map((item) => (
          <li key={item.id} value={item.n}>
            <span className={styles.n}>{item.n}</span>
            {hasSigns(measure) && <Mark item={item} />}
            <span className={styles.what}>
              {places?.[item.n - 1] !== undefined && (
                <span className={styles.step}>{places[item.n - 1]}</span>
              )}
              {isTimed ? <Length item={item} /> : <Result code={item.code} measure={measure} />}
            </span>
            {agreement && !isTimed && <Compared agreement={agreement} n={item.n} measure={measure} />}
            <Time at={item.at} tz={goal.tz} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** What is recorded is how long it took: two observers are compared by time, not by number. */
const TIMED: readonly SessionState['measure']['system'][] = ['duration', 'latency', 'irt']

/** A plus or a minus, perhaps with a prompt; other codes are words alone. */
function hasSigns(measure: SessionState['measure']): boolean {
  return 'prompts' in measure || measure.system === 'product'
}

/** What each number is of. */
function placesOf(measure: SessionState['measure']): readonly string[] | null {
  switch (measure.system) {
    case 'steps':
      return measure.steps
    case 'checklist':
      return measure.items
    case 'rubric':
      return measure.items.map((item) => item.text)
    default:
      return null
  }
}

function titleOf(measure: SessionState['measure']): ReactNode {
  switch (measure.system) {
    case 'steps':
      return <Trans>Steps</Trans>
    case 'trials':
      return <Trans>Trials</Trans>
    default:
      return <Trans>Recorded</Trans>
  }
}

/** Of an episode, a latency or a time between: as long as it was, or as it was said to be. */
function Length({ item: { ms, censored, estimated } }: { item: SessionItem }) {
  if (ms === undefined) return null
  const length = clockText(ms)
  return (
    <>
      {censored ? <Trans>{length} or more</Trans> : length}
      {estimated && (
        <span className={styles.quiet}>
          <Trans>estimate</Trans>
        </span>
      )}
    </>
  )
}

function Mark({ item }: { item: SessionItem }) {
  return (
    <span className={styles.mark} data-tone={toneOf(item)} aria-hidden>
      {markOf(item.code)}
    </span>
  )
}

function Result({ code, measure }: { code: string; measure: SessionState['measure'] }) {
  const { i18n } = useLingui()
  return sayCode(i18n, code, measure)
}

function Compared({
  agreement,
  n,
  measure,
}: {
  agreement: Agreement
  n: number
  measure: SessionState['measure']
}) {
  const { i18n } = useLingui()
  const pair = agreement.items.find((one) => one.n === n)
  if (!pair) return <span />
  const other = pair.second === null ? null : sayCode(i18n, pair.second, measure)
  return (
    <span className={styles.compared} data-agrees={pair.agrees || undefined}>
      {pair.agrees ? <Check size={14} aria-hidden /> : <Minus size={14} aria-hidden />}
      {pair.agrees ? (
        <Trans>agreed</Trans>
      ) : other === null ? (
        <Trans>second: nothing</Trans>
      ) : (
        <Trans>second: {other}</Trans>
      )}
    </span>
  )
}

function Time({ at, tz }: { at: string; tz: string }) {
  const formats = useFormats(tz)
  return (
    <time className={styles.time} dateTime={at}>
      {formats.clock(at)}
    </time>
  )
}

/** When each was counted, on the observation clock. */
function Occurrences({ items }: { items: readonly SessionItem[] }) {
  const times = items.map(({ clock }) => clockText(clock ?? 0)).join(' · ')
  return (
    <p>
      <Plural value={items.length} one="# time, at" other="# times, at" />{' '}
      <span className={styles.quiet}>{times}</span>
    </p>
  )
}

/** `3:07`: minutes and seconds. */
function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function Aside({ found: { goal }, state }: { found: FoundGoal; state: SessionState }) {
  const { t, i18n } = useLingui()
  return (
    <Section title={<Trans>Recorded, and not counted</Trans>}>
      <ul className={styles.items}>
        {state.aside.map((item) => (
          <li key={item.id}>
            <span className={styles.n}>{item.n > 0 ? item.n : ''}</span>
            <Mark item={item} />
            <span className={styles.what}>
              {item.code === '1' ? t`one count` : <Result code={item.code} measure={state.measure} />}
              <span className={styles.quiet}>{wordOfAside(i18n, item.why)}</span>
            </span>
            <Time at={item.at} tz={goal.tz} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What was corrected, from the records themselves; a session that is here only as its result says so. */
function Corrections({
  found: { goal, held },
  session: { partition, state },
}: Omit<SessionSheetProps, 'onClose'>) {
  const records = useRecords(partition)
  const whole = useFromDevice((device) => held && device.isWhole(partition))
  const corrections = correctionsOf(records)
  if (!whole || records.length === 0)
    return (
      <p className={styles.quiet}>
        <Trans>
          Corrections are kept with the single records. Of this session this device has only the result.
        </Trans>
      </p>
    )
  return (
    <Section title={<Trans>Corrections</Trans>}>
      {corrections.length === 0 ? (
        <p className={styles.quiet}>
          <Trans>None. Everything stands as it was recorded.</Trans>
        </p>
      ) : (
        <ul className={styles.corrections}>
          {corrections.map((one) => (
            <li key={one.id}>
              <CorrectionWords correction={one} goal={goal} measure={state.measure} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function CorrectionWords({
  correction: { act, kind, n, from, to, author, at, reason },
  goal,
  measure,
}: {
  correction: Correction
  goal: FoundGoal['goal']
  measure: SessionState['measure']
}) {
  const { t, i18n } = useLingui()
  const formats = useFormats(goal.tz)
  const what =
    n === null
      ? kind === 'sessions.occurrence'
        ? t`A count`
        : kind === 'sessions.end'
          ? t`The end`
          : kind === 'sessions.start'
            ? t`The start`
            : t`An entry`
      : kind === 'sessions.step'
        ? t`Step ${n}`
        : t`Trial ${n}`
  const before = from === null ? null : sayCode(i18n, from, measure)
  const after = to === null ? null : sayCode(i18n, to, measure)
  const who = goal.names[author] ?? ''
  const when = formats.dateTime(at)
  const why = wordOfCorrection(i18n, reason)
  return (
    <>
      <span>
        {act === 'withdrawn'
          ? before === null
            ? t`${what}: taken out`
            : t`${what}: “${before}” taken out`
          : before === null || after === null
            ? t`${what}: changed`
            : t`${what}: “${before}” changed to “${after}”`}
      </span>
      <span className={styles.quiet}>{[who, when, why].filter((part) => part !== '').join(' · ')}</span>
    </>
  )
}
