/**
 * To observe one goal beside whoever runs it: the card of the pad, in whatever block of whatever adult it is run. Until
 * somebody records it there is nothing to observe, and nothing here can be begun by mistake.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Hourglass } from 'lucide-react'
import { dayOf, instantOf } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import { useSessionRunning } from '../../../platform/web/worker/session-lock.ts'
import { momentOf } from '../../schedule/day.ts'
import type { Me } from '../../schedule/model.ts'
import { isOpen } from '../goal.ts'
import { LOGGED } from '../measures.ts'
import { GoalCard } from './GoalCard.tsx'
import { useGoal, useMe, useProgram, type Place } from './hooks.ts'
import styles from './Observe.module.css'

const MINUTE = 60_000

export default function Observe() {
  const { t } = useLingui()
  const { program } = useScreenParams<'program'>()
  const me = useMe()
  return (
    <Page>
      <PageHeader title={t`Observe`} back="/today" />
      {me && program !== undefined && <Observed id={program} me={me} />}
    </Page>
  )
}

/** The screen of one goal. */
export function Observed({ id, me }: { id: Uuid; me: Me }) {
  const now = useNow(MINUTE)
  const place = wholeDay(id, me, now)
  const students = me.students.map((student) => student.id)
  const program = useProgram(id, students, place.day)
  const { own, others } = useGoal(id, place)
  const mine = own !== null && isOpen(own)
  useSessionRunning(mine)
  const isLog = program !== null && (LOGGED as readonly string[]).includes(program.body.measure.system)
  const waits = program !== null && !isLog && !mine && own?.observer !== 'ioa' && others.length === 0
  return (
    <div className={styles.card}>
      {waits ? (
        <Notice tone="info" icon={Hourglass}>
          <strong>{program.body.title}</strong>
          <br />
          <Trans>
            Nobody records it now. As soon as somebody does, and both devices reach the school’s server, you
            can observe with them here.
          </Trans>
        </Notice>
      ) : (
        <GoalCard id={id} place={place} me={me} students={students} observing />
      )}
    </div>
  )
}

/** Who observes has no block of their own for it: the whole school day is one. */
function wholeDay(program: Uuid, me: Me, now: number): Place {
  const { tz } = me.district
  const day = dayOf(now, tz)
  const [running] = momentOf(me, now).now
  const block = {
    assignment: `observe ${program}`,
    code: '',
    start: new Date(instantOf(day, '00:00', tz)).toISOString(),
    end: new Date(instantOf(day, '23:59', tz)).toISOString(),
    title: '',
    place: running?.place ?? '',
    note: '',
    students: [],
    programs: [program],
  }
  return { day, block, blocks: [block] }
}
