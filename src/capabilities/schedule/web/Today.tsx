/**
 * Today, in the order of domain H.2: what keeps children safe, then the block that runs and what comes, then what is due,
 * the times of care, and what others bring: equipment, prep, messages. What has no data has no heading. A break without duty shows when it ends and asks nothing.
 * Everything is read from the device, so it is the same without a network; it follows the district's clock.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CalendarOff, CloudDownload } from 'lucide-react'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useContext, type ComponentType } from 'react'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import { useSessionRunning } from '../../../platform/web/worker/session-lock.ts'
import { minuteOf } from '../../sessions/log.ts'
import { momentOf, stageOf, type Moment } from '../day.ts'
import type { DayBoard, Me } from '../model.ts'
import { Between } from './Between.tsx'
import { CareTimes } from './CareTimes.tsx'
import { DueToday } from './DueToday.tsx'
import { FocusLine } from './FocusLine.tsx'
import { GoHome } from './GoHome.tsx'
import { useMe } from './hooks.ts'
import { NextBlocks } from './NextBlocks.tsx'
import { NoBlocks } from './NoBlocks.tsx'
import { NowCard } from './NowCard.tsx'
import { OffCard } from './OffCard.tsx'
import { runsOf, statesOf } from './outcome.ts'
import { TodayPartsContext } from './parts.ts'
import { Tomorrow } from './Tomorrow.tsx'
import { WithYou } from './WithYou.tsx'
import styles from './Today.module.css'

const MINUTE = 60_000

export default function Today() {
  const { t } = useLingui()
  const me = useMe()
  const now = useNow(MINUTE)
  if (me) return <MyDay me={me} now={now} />
  return (
    <Page>
      <PageHeader title={t`Today`} />
      <EmptyState icon={CloudDownload} title={t`Your day is not on this device yet`}>
        <p>
          <Trans>
            Blocks, students and goals come from the school’s server the first time this device reaches it.
            After that they are here without a network too.
          </Trans>
        </p>
      </EmptyState>
    </Page>
  )
}

function MyDay({ me, now }: { me: Me; now: number }) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const moment = momentOf(me, now)
  const { today } = moment
  const type = today?.type ?? null
  const parts = useContext(TodayPartsContext)
  const stage = stageOf(moment, minuteOf(new Date(now).toISOString(), me.district.tz))
  const isResting = stage === 'rest'
  const hasBlocks = today !== null && today.type !== null && today.blocks.length > 0
  return (
    <Page width="wide">
      <PageHeader
        title={capital(formats.weekday(now))}
        subtitle={formats.dateShort(now)}
        tags={type !== null && <Tag>{t`${type} day`}</Tag>}
      />
      <FocusLine me={me} now={now} />
      {!isResting && <Parts of={parts.safety} />}
      {!isResting && <Parts of={parts.changed} />}
      {today === null ? (
        <>
          <EmptyState icon={CloudDownload} title={t`The plan of today is not on this device`}>
            <p>
              <Trans>
                It comes by itself as soon as this device reaches the school’s server. Recording works.
              </Trans>
            </p>
          </EmptyState>
          <Tomorrow me={me} board={moment.following} now={now} whole />
        </>
      ) : today.type === null ? (
        <>
          <EmptyState icon={CalendarOff} title={t`No school today`}>
            <p>
              <Trans>The school’s calendar has no school day today.</Trans>
            </p>
          </EmptyState>
          <Tomorrow me={me} board={moment.following} now={now} whole />
        </>
      ) : today.blocks.length === 0 ? (
        <>
          <NoBlocks me={me} day={today.day} />
          <Tomorrow me={me} board={moment.following} now={now} whole />
        </>
      ) : (
        <SchoolDay me={me} now={now} moment={moment} board={today} stage={stage} />
      )}
      {!hasBlocks && <Parts of={parts.later} />}
      <Parts of={parts.own} />
    </Page>
  )
}

/** What other capabilities bring; each shows nothing where it has nothing to show. */
function Parts({ of }: { of: readonly ComponentType[] }) {
  return of.map((Part, index) => <Part key={index} />)
}

interface SchoolDayProps {
  readonly me: Me
  readonly now: number
  readonly moment: Moment
  readonly board: DayBoard
  readonly stage: ReturnType<typeof stageOf>
}

function SchoolDay({ me, now, moment, board, stage }: SchoolDayProps) {
  const running = useFromDevice((device) =>
    runsOf(board).some(({ program }) =>
      statesOf(device, program).some(
        (state) => state.device === device.id && state.status === 'open' && state.day === board.day,
      ),
    ),
  )
  useSessionRunning(running)
  const parts = useContext(TodayPartsContext)
  const next = moment.later[0] ?? null
  const isOver = stage === 'over'
  const tomorrow = <Tomorrow me={me} board={moment.following} now={now} whole={isOver} />
  return (
    <div className={styles.panes}>
      <div className={styles.pane}>
        {moment.now.map((block, index) =>
          block.off === undefined ? (
            <NowCard
              key={block.assignment}
              block={block}
              board={board}
              me={me}
              first={index === 0}
              next={next}
            />
          ) : (
            <OffCard key={block.assignment} block={block} next={next} me={me} />
          ),
        )}
        {moment.now.length === 0 && <Between moment={moment} me={me} />}
        {moment.now.map(
          (block) =>
            block.students.length > 0 && (
              <WithYou key={block.assignment} block={block} board={board} me={me} />
            ),
        )}
        {moment.now.map((block) =>
          parts.block.map((Part, index) => (
            <Part key={`${block.assignment}/${index}`} block={block} day={board.day} />
          )),
        )}
        {(stage === 'leaving' || isOver) && <GoHome board={board} now={now} />}
      </div>
      <div className={styles.pane}>
        {moment.later.length > 0 && <NextBlocks blocks={moment.later} board={board} me={me} />}
        {isOver && tomorrow}
        {stage !== 'rest' && (
          <>
            <DueToday board={board} me={me} now={now} />
            <CareTimes board={board} me={me} now={now} />
            <Parts of={parts.later} />
          </>
        )}
        {stage === 'leaving' && tomorrow}
      </div>
    </div>
  )
}

/** Some languages write days small; here the day is a title. */
function capital(word: string): string {
  return word.slice(0, 1).toLocaleUpperCase() + word.slice(1)
}
