/**
 * The pad: the capture surface of one block. Every goal that is due has a card with the right control for its
 * measurement; a session starts with its first tap. Without a block in the path it is the block that runs now, else
 * the next one.
 *
 * A tap renders the card it was made on and no other: this file reads nothing that a tap changes.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { lazy, Suspense, useState } from 'react'
import { CalendarDays, Grid2x2, NotebookText } from 'lucide-react'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import { useSessionRunning } from '../../../platform/web/worker/session-lock.ts'
import { momentOf, padBlockOf } from '../../schedule/day.ts'
import type { BoardBlock, Me } from '../../schedule/model.ts'
import { BlockOver } from './BlockOver.tsx'
import { GoalCard } from './GoalCard.tsx'
import { groupsText, type GroupOfGoals } from './groups.ts'
import { goalNow, useMe, type Place } from './hooks.ts'
import { isOpen } from '../goal.ts'
import { Ledger } from './Ledger.tsx'
import { RunsElsewhere } from './RunsElsewhere.tsx'
import TimesCheck from './TimesCheck.tsx'
import styles from './Pad.module.css'

const GroupCheck = lazy(() => import('./GroupCheck.tsx'))
const MINUTE = 60_000

export default function Pad() {
  const { t } = useLingui()
  const { block } = useScreenParams<'block'>()
  const me = useMe()
  const now = useNow(MINUTE)
  // opened without a name the pad stays with the block it began with, also when that block is over
  const [begun, setBegun] = useState<string>()
  const place = me && placeOf(me, now, block ?? begun)
  if (place && block === undefined && begun === undefined) setBegun(place.block.assignment)
  if (!me || !place)
    return (
      <Page>
        <PageHeader title={t`Pad`} back="/today" />
        <EmptyState
          icon={Grid2x2}
          title={me ? t`No goals today` : t`Your plan is not on this device yet`}
          action={
            <ButtonLink to="/today" icon={CalendarDays}>
              <Trans>Today</Trans>
            </ButtonLink>
          }
        >
          <p>
            {me ? (
              <Trans>
                The goals that the case manager plans for your blocks appear here, ready to record. Today none
                is planned for you.
              </Trans>
            ) : (
              <Trans>It comes by itself as soon as this device reaches the school’s server.</Trans>
            )}
          </p>
        </EmptyState>
      </Page>
    )
  return <BlockPad key={place.block.assignment} me={me} place={place} now={now} />
}

function BlockPad({ me, place, now }: { me: Me; place: Place; now: number }) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const { block } = place
  const students = [...new Set([...block.students, ...me.students.map((student) => student.id)])]
  const running = useFromDevice((device) =>
    block.programs.some((program) => {
      const { own } = goalNow(device, program, place)
      return own !== null && isOpen(own)
    }),
  )
  useSessionRunning(running)
  const groups = JSON.parse(
    useFromDevice((device) => groupsText(device, place, students)),
  ) as readonly GroupOfGoals[]
  const together = groups.flatMap(({ ids }) => ids)
  const alone = block.programs.filter((program) => !together.includes(program))

  const [start, end] = [Date.parse(block.start), Date.parse(block.end)]
  const hours = t`${formats.clock(start)} to ${formats.clock(end)}`
  return (
    <Page width="wide">
      <div className={styles.head}>
        <PageHeader
          title={block.title}
          back="/today"
          subtitle={hours}
          tags={now < start ? <Tag>{t`later`}</Tag> : now >= end ? <Tag>{t`over`}</Tag> : undefined}
        />
      </div>
      <TimesCheck />
      <RunsElsewhere place={place} me={me} students={students} />
      {now >= end && <BlockOver place={place} next={nowOf(me, now, block.assignment)} />}
      {block.programs.length === 0 ? (
        <EmptyState icon={NotebookText} title={t`No goals in this block`}>
          <p>
            <Trans>
              The case manager plans which goals are run in it. When one is planned, it appears here.
            </Trans>
          </p>
        </EmptyState>
      ) : (
        <div className={styles.panes}>
          <section className={styles.goals} aria-label={t`Goals`}>
            {groups.map((group) => (
              <Suspense key={group.ids.join()}>
                <GroupCheck {...group} place={place} me={me} students={students} />
              </Suspense>
            ))}
            {alone.map((program) => (
              <GoalCard key={program} id={program} place={place} me={me} students={students} />
            ))}
          </section>
          <Ledger place={place} me={me} students={students}>
            {block.note !== '' && (
              <p className={styles.note}>
                <NotebookText size={18} aria-hidden />
                <span>{block.note}</span>
              </p>
            )}
            <p className={styles.due}>
              <Plural
                value={block.programs.length}
                one="# goal in this block"
                other="# goals in this block"
              />
              {' · '}
              {block.place}
            </p>
          </Ledger>
        </div>
      )}
    </Page>
  )
}

/** Another block with goals that runs now. */
function nowOf(me: Me, now: number, assignment: string): BoardBlock | null {
  const running = momentOf(me, now).now.filter((block) => block.programs.length > 0)
  return running.some((block) => block.assignment === assignment) ? null : (running[0] ?? null)
}

/** The block that the path names, if it is one of today's; else the one that is meant now. */
function placeOf(me: Me, now: number, assignment: string | undefined): Place | null {
  const moment = momentOf(me, now)
  const { today } = moment
  const named = today?.blocks.find((block) => block.assignment === assignment)
  const block = named ?? padBlockOf(moment)
  return today && block ? { day: today.day, block, blocks: today.blocks } : null
}
