/**
 * The case manager's first screen: every goal of my students, what needs me first. A list beside the chosen goal
 * where there is room; on a phone the list, then the goal.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ChartLine, Inbox } from 'lucide-react'
import type { ReactNode } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useStudentChips } from '../../../platform/web/auth/students.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import { caseloadOf, type CaseloadItem, type Place } from '../caseload.ts'
import { GoalPage } from './GoalPage.tsx'
import { GoalRow } from './GoalRow.tsx'
import { useHeldGoals, useMe } from './held.ts'
import { Panes } from './Panes.tsx'
import { useDayWords } from './say.ts'
import { useWide } from './useWide.ts'
import { useGraphWords } from './words.ts'
import styles from './Caseload.module.css'

const MINUTE = 60_000
const PLACES: readonly Place[] = ['now', 'look', 'other', 'resting']

export default function Caseload() {
  const { t } = useLingui()
  const { program } = useScreenParams<'program'>()
  const wide = useWide()
  const items = useCaseload()
  const chosen = program ?? (wide ? items[0]?.goal.program : undefined)

  if (items.length === 0 && program === undefined) return <NoGoals />
  if (!wide)
    return chosen === undefined ? (
      <Page>
        <PageHeader title={t`Caseload`} subtitle={<Needing items={items} />} />
        <List items={items} chosen={null} framed />
        <InboxLink />
      </Page>
    ) : (
      <GoalPage key={chosen} program={chosen} back="/caseload" />
    )
  return (
    <Panes
      label={t`Caseload`}
      list={
        <>
          <div className={styles.head}>
            <h2>
              <Trans>Caseload</Trans>
            </h2>
            <p>
              <Needing items={items} />
            </p>
          </div>
          <List items={items} chosen={chosen ?? null} />
        </>
      }
    >
      {chosen !== undefined && <GoalPage key={chosen} program={chosen} />}
    </Panes>
  )
}

function useCaseload(): readonly CaseloadItem[] {
  const me = useMe()
  const goals = useHeldGoals()
  const chips = useStudentChips()
  const today = useToday()
  return caseloadOf({
    goals,
    initials: new Map([...chips].map(([id, { initials }]) => [id, initials])),
    today,
    schoolDays: me?.schoolDays ?? [],
    rules: me?.rules,
  })
}

function useToday() {
  const me = useMe()
  return dayOf(useNow(MINUTE), me?.district.tz ?? 'UTC')
}

/** How many goals need a look, as the header's one quiet line. */
function Needing({ items }: { items: readonly CaseloadItem[] }) {
  const count = items.filter(({ place }) => place === 'now' || place === 'look').length
  return count === 0 ? (
    <Trans>Nothing needs you now</Trans>
  ) : (
    <Plural value={count} one="# goal needs a look" other="# goals need a look" />
  )
}

/** On wide screens it stands among the places. */
function InboxLink() {
  return (
    <ButtonLink to="/inbox" variant="ghost" icon={Inbox}>
      <Trans>Inbox</Trans>
    </ButtonLink>
  )
}

interface ListProps {
  items: readonly CaseloadItem[]
  chosen: string | null
  /** On a surface of its own: where the list is the whole screen. */
  framed?: boolean
}

function List({ items, chosen, framed = false }: ListProps) {
  const { t } = useLingui()
  const chips = useStudentChips()
  const today = useToday()
  const words = useGraphWords()
  const dayWord = useDayWords()
  const titles: Readonly<Record<Place, string>> = {
    now: t`Now`,
    look: t`Needs a look`,
    other: t`Other goals`,
    resting: t`Long without data`,
  }
  const row = (item: CaseloadItem): ReactNode => {
    const who = chips.get(item.goal.student)
    return (
      who && (
        <li key={item.goal.program}>
          <GoalRow
            item={item}
            who={who}
            today={today}
            words={words}
            dayWord={dayWord}
            to="/caseload/$program"
            chosen={item.goal.program === chosen}
          />
        </li>
      )
    )
  }
  const Heading = framed ? 'h2' : 'h3'
  return PLACES.map((place) => {
    const here = items.filter((item) => item.place === place)
    if (here.length === 0) return null
    const rows = <ul className={styles.rows}>{here.map(row)}</ul>
    return (
      <section key={place} className={styles.group}>
        <Heading>{titles[place]}</Heading>
        {framed ? (
          <Card flush className={styles.framed}>
            {rows}
          </Card>
        ) : (
          rows
        )}
      </section>
    )
  })
}

function NoGoals() {
  const { t } = useLingui()
  return (
    <Page>
      <PageHeader title={t`Caseload`} />
      <EmptyState icon={ChartLine} title={t`No goals here yet`} action={<InboxLink />}>
        <p>
          <Trans>
            Goals appear here once a plan of one of your students is published and this device has reached the
            school’s server.
          </Trans>
        </p>
      </EmptyState>
    </Page>
  )
}
