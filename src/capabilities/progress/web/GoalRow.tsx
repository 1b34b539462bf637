/** One goal in a list: whose, which, what it came to last, and why it stands where it stands. Opens the goal. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import {
  Activity,
  BadgeCheck,
  CalendarClock,
  CalendarOff,
  CircleAlert,
  CircleDot,
  CircleHelp,
  Eye,
  Hourglass,
  Lightbulb,
  Moon,
  Scale,
  UserRoundPlus,
  Users,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { Day } from '../../../platform/core/days.ts'
import { cx } from '../../../platform/web/kit/cx.ts'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { LOGGED, titleInLists } from '../../sessions/measures.ts'
import type { Attention, CaseloadItem } from '../caseload.ts'
import type { Goal } from '../goal.ts'
import { isAlone, peopleOf } from '../next-person.ts'
import type { Reason } from '../proposals.ts'
import { TITLES } from './decision-words.tsx'
import { useMe } from './held.ts'
import { sayNotRun, sayValue } from './say.ts'
import { Spark } from './Spark.tsx'
import type { GraphWords } from './words.ts'
import styles from './GoalRow.module.css'

interface GoalRowProps {
  item: CaseloadItem
  who: { readonly initials: string; readonly color: number }
  today: Day
  /** Made once for the whole list: their formats are dear. */
  words: GraphWords
  dayWord: (day: Day, today: Day) => string
  /** Where a goal is opened: `/caseload/$program`. */
  to: string
  chosen?: boolean | undefined
}

export function GoalRow({ item, who, today, words, dayWord, to, chosen }: GoalRowProps) {
  const { t } = useLingui()
  const { goal, place } = item
  // two adults may record at once: one tag says it
  const attention = item.attention.filter(
    (one, n, all) => all.findIndex((other) => other.kind === one.kind) === n,
  )
  return (
    <GoalLink
      to={to}
      program={goal.program}
      who={who}
      title={titleInLists(goal.version.body, t`Personal routine`)}
      chosen={chosen}
      aside={<Spark model={goal.model} />}
      below={
        attention.length > 0 && (
          <span className={styles.tags}>
            {attention.slice(0, 2).map((one) => (
              <Why
                key={one.kind}
                goal={goal}
                attention={one}
                today={today}
                words={words}
                dayWord={dayWord}
                resting={place === 'resting'}
              />
            ))}
          </span>
        )
      }
    >
      <Latest item={item} today={today} words={words} dayWord={dayWord} />
    </GoalLink>
  )
}

interface GoalLinkProps {
  to: string
  program: string
  /** Whose, where the list around the row does not say it. */
  who?: { readonly initials: string; readonly color: number } | undefined
  title: string
  chosen?: boolean | undefined
  aside?: ReactNode
  /** Under the words and what is beside them. */
  below?: ReactNode
  children?: ReactNode
}

/** The frame of a row: also for lists that know no more of a goal than its title. */
export function GoalLink({ to, program, who, title, chosen, aside, below, children }: GoalLinkProps) {
  return (
    <Link to={to} params={{ program }} className={cx(styles.row, chosen && styles.chosen)}>
      {who && <Who initials={who.initials} color={who.color} />}
      <span className={styles.words}>
        <strong className={styles.title}>{title}</strong>
        {children}
      </span>
      {aside}
      {below}
    </Link>
  )
}

/** What runs now, else the last value with who and when. */
type LatestProps = Pick<GoalRowProps, 'item' | 'today' | 'words' | 'dayWord'>

function Latest({ item: { goal, attention, last }, today, words, dayWord }: LatestProps) {
  const first = attention[0]
  const live = first?.kind === 'live' ? first.session : null
  const shown = live ?? last
  const value = sayValue(words, shown?.point ?? null)
  if ((LOGGED as readonly string[]).includes(goal.version.body.measure.system))
    return <Logged goal={goal} today={today} dayWord={dayWord} />
  if (!shown || value === null)
    return (
      <span className={styles.quiet}>
        {live ? (
          live.by
        ) : goal.model.points.length > 0 ? (
          <Imported item={goal} words={words} />
        ) : (
          <Trans>No data yet</Trans>
        )}
      </span>
    )
  const day = dayWord(shown.state.day, today)
  return (
    <span className={styles.quiet}>
      <b className={styles.value}>{value}</b>
      {live ? (
        <>
          {' '}
          <Trans>so far</Trans> · {shown.by}
        </>
      ) : (
        <>
          {' '}
          · {shown.by}, {day}
        </>
      )}
    </span>
  )
}

/** A log has entries and no value. */
function Logged({
  goal,
  today,
  dayWord,
}: { goal: CaseloadItem['goal'] } & Pick<LatestProps, 'today' | 'dayWord'>) {
  const { entries, last } = goal.log
  if (last === null)
    return (
      <span className={styles.quiet}>
        <Trans>Nothing logged yet</Trans>
      </span>
    )
  const day = dayWord(last, today)
  return (
    <span className={styles.quiet}>
      <b className={styles.value}>
        <Plural value={entries} one="# entry" other="# entries" />
      </b>
      {' · '}
      <Trans>last {day}</Trans>
    </span>
  )
}

function Imported({ item, words }: { item: CaseloadItem['goal']; words: GraphWords }) {
  const point = item.model.points.findLast((one) => one.y !== null)
  return point ? `${sayValue(words, point)} · ${words.when(point)}` : words.empty
}

const ICONS = {
  consider: Lightbulb,
  mastery: BadgeCheck,
  bounce: Activity,
  probe_due: CalendarClock,
} as const

/** What is missing: another person, by name where somebody is there who could be one. */
function Except({ goal, reason }: { goal: Goal; reason: Reason }) {
  const { i18n } = useLingui()
  const me = useMe()
  if (reason.kind !== 'mastery_except' || !isAlone(reason)) return i18n._(TITLES.mastery_except)
  const names = peopleOf(goal, reason, me)
    .next.map(({ name }) => name)
    .join(', ')
  return names === '' ? (
    <Trans>Criterion met, except for another person</Trans>
  ) : (
    <Trans>Criterion met, except for another person: {names}</Trans>
  )
}

interface WhyProps extends Pick<GoalRowProps, 'today' | 'words' | 'dayWord'> {
  goal: Goal
  attention: Attention
  resting: boolean
}

/** Why a goal needs its owner, in words; the shape of the icon says it too. */
function Why({ goal, attention, today, words, dayWord, resting }: WhyProps) {
  const { t, i18n } = useLingui()
  const device = useDevice()
  switch (attention.kind) {
    case 'live': {
      const { by, observer } = attention.session.state
      const mine = by === device.person
      return (
        <Tag tone="info" icon={observer === 'ioa' ? Eye : CircleDot}>
          {observer === 'ioa'
            ? mine
              ? t`you observe now`
              : t`second observer now`
            : mine
              ? t`you record now`
              : t`recording now`}
        </Tag>
      )
    }
    case 'left_open': {
      const day = dayWord(attention.session.state.day, today)
      return (
        <Tag tone="wait" icon={Hourglass}>
          {t`session of ${day} was not ended`}
        </Tag>
      )
    }
    case 'at_once':
      return (
        <Tag tone="wait" icon={Users}>
          {t`two recordings at once: choose which stands`}
        </Tag>
      )
    case 'no_data': {
      const { days, since, reason } = attention
      const why = reason === null ? '' : `: ${sayNotRun(i18n, reason)}`
      const day = since === null ? null : dayWord(since, today)
      if (resting && day !== null) return <Tag icon={Moon}>{t`no data since ${day}`}</Tag>
      return (
        <Tag tone="wait" icon={CalendarOff}>
          {t`no data for ${days} school days`}
          {why}
        </Tag>
      )
    }
    case 'consider':
    case 'mastery_except':
      return (
        <Tag tone="info" icon={UserRoundPlus}>
          <Except goal={goal} reason={attention.proposal.reason} />
        </Tag>
      )
    case 'mastery':
    case 'bounce':
    case 'probe_due':
      return (
        <Tag tone={attention.kind === 'mastery' ? 'ok' : 'info'} icon={ICONS[attention.kind]}>
          {i18n._(TITLES[attention.proposal.kind])}
        </Tag>
      )
    case 'unexplained': {
      const { missing, planned } = attention
      return (
        <Tag tone="wait" icon={CircleHelp}>
          {t`${missing} of ${planned} planned runs not recorded`}
        </Tag>
      )
    }
    case 'below_min': {
      const { point } = attention.session
      const notes = point?.notes.filter((note) => note.kind === 'below_min') ?? []
      return (
        <Tag tone="wait" icon={CircleAlert}>
          {point && words.notes({ ...point, notes })}
        </Tag>
      )
    }
    case 'low_agreement': {
      const share = words.value(attention.percent ?? 0, { kind: 'percent' })
      const pair = attention.whole ? `${attention.agreed}/${attention.total} = ${share}` : share
      return (
        <Tag tone="wait" icon={Scale}>
          {t`agreement ${pair}`}
        </Tag>
      )
    }
  }
}
