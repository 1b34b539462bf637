/**
 * What Today says of students: first a substitute's brief, then plans that this person has not read, notes that a
 * substitute handed back, and for who decides: whose brief is not done. Shows nothing where there is nothing.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { BookOpenCheck, Check, ChevronRight, CircleAlert, NotebookPen } from 'lucide-react'
import { dayOf } from '../../../platform/core/days.ts'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { cx } from '../../../platform/web/kit/cx.ts'
import { ButtonLink, Link } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import rows from '../../../platform/web/kit/Rows.module.css'
import type { Me } from '../../schedule/model.ts'
import { needsBrief } from '../gate.ts'
import {
  handbacksIn,
  hasPassed,
  IMPLEMENTERS,
  plansIn,
  unreadOf,
  type Handback,
  type Unread,
} from '../plans.ts'
import { hasRead } from '../versions.ts'
import { isHandbackDue } from './handback.ts'
import { nameOf, useMe } from './hooks.ts'
import { HowMuch } from './News.tsx'
import { WHAT } from './plan-words.ts'
import styles from './today.module.css'

const MINUTE = 60_000
/** Who is told that somebody is with a student before they have passed the brief. */
const TEACHERS = ['case_manager', 'gened_teacher']
/** Notes older than this are read in the student's records, not on Today. */
const FRESH_MS = 7 * 86_400_000

export default function TodayPart() {
  const me = useMe()
  const now = useNow(MINUTE)
  return me && <Parts me={me} now={now} />
}

interface Found {
  readonly briefs: readonly string[]
  readonly unread: readonly {
    readonly student: string
    readonly parts: readonly Pick<Unread, 'what' | 'changes'>[]
  }[]
  readonly handbacks: readonly (Handback & { readonly student: string })[]
  readonly handbackDue: boolean
  readonly undone: readonly { readonly student: string; readonly person: string }[]
}

function Parts({ me, now }: { me: Me; now: number }) {
  const { briefs, unread, handbacks, handbackDue, undone } = JSON.parse(
    useFromDevice((device) => JSON.stringify(found(device, me, now))),
  ) as Found
  return (
    <>
      {briefs.length > 0 && <BriefFirst me={me} students={briefs} />}
      {handbackDue && <HandbackFirst />}
      {undone.length > 0 && <Undone me={me} undone={undone} />}
      {unread.length > 0 && <ToRead me={me} unread={unread} />}
      {handbacks.map((note) => (
        <HandedBack key={note.id} me={me} note={note} />
      ))}
    </>
  )
}

function found(device: Device, me: Me, now: number): Found {
  const { tz } = me.district
  const day = dayOf(now, tz)
  const briefs = me.students.filter(({ id }) => needsBrief(device, me, id, now)).map(({ id }) => id)
  // before the first whole pull nothing says who has read what
  if (device.status().lastSynced === null)
    return { briefs, unread: [], handbacks: [], handbackDue: false, undone: [] }
  const mine = me.students.filter(({ id, role }) => IMPLEMENTERS.includes(role) && !briefs.includes(id))
  return {
    briefs,
    unread: mine.flatMap(({ id }) => {
      const parts = unreadOf(plansIn(device, id), me.person.id)
      return parts.length > 0
        ? [{ student: id, parts: parts.map(({ what, changes }) => ({ what, changes })) }]
        : []
    }),
    handbacks: mine
      .filter(({ role }) => role !== 'substitute')
      .flatMap(({ id }) => {
        const { acks } = plansIn(device, id)
        return handbacksIn(device, id)
          .filter((note) => now - Date.parse(note.at) < FRESH_MS)
          .filter((note) => !hasRead({ id: note.id, author: note.by }, acks, me.person.id))
          .map((note) => ({ ...note, student: id }))
      }),
    handbackDue: isHandbackDue(device, me, now),
    undone: me.students
      .filter(({ role }) => TEACHERS.includes(role))
      .flatMap(({ id }) =>
        me.people
          .filter((one) => one.role === 'substitute' && one.with?.includes(id))
          .filter((one) => !hasPassed(device, id, one.id, { day, tz }))
          .map((one) => ({ student: id, person: one.id })),
      ),
  }
}

function BriefFirst({ me, students }: { me: Me; students: readonly string[] }) {
  return (
    <Card as="section" className={styles.first} aria-labelledby="brief-first">
      <div className={styles.head}>
        <h2 id="brief-first">
          <Trans>First the brief: five minutes</Trans>
        </h2>
        <Initials me={me} students={students} />
      </div>
      <p>
        <Trans>Read it and answer three questions. Then you can begin with the students.</Trans>
      </p>
      <ButtonLink to="/brief" variant="primary" size="pad" wide icon={BookOpenCheck}>
        <Trans>Open the brief</Trans>
      </ButtonLink>
    </Card>
  )
}

function HandbackFirst() {
  return (
    <Card as="section" className={styles.first} aria-labelledby="handback-first">
      <h2 id="handback-first">
        <Trans>Before you go: hand back</Trans>
      </h2>
      <p>
        <Trans>Two lines for whoever has the students tomorrow. Your access ends with your shift.</Trans>
      </p>
      <ButtonLink to="/handback" variant="primary" size="pad" wide icon={NotebookPen}>
        <Trans>Write the hand-back note</Trans>
      </ButtonLink>
    </Card>
  )
}

function Undone({ me, undone }: { me: Me; undone: Found['undone'] }) {
  const people = [...new Set(undone.map(({ person }) => person))]
  return (
    <>
      {people.map((person) => {
        const initials = undone
          .filter((one) => one.person === person)
          .map(({ student }) => me.students.find(({ id }) => id === student)?.initials ?? '')
          .join(', ')
        const name = nameOf(me, person)
        return (
          <Notice key={person} tone="wait" icon={CircleAlert}>
            <Trans>
              Brief not done: {name} with {initials}
            </Trans>
          </Notice>
        )
      })}
    </>
  )
}

function ToRead({ me, unread }: { me: Me; unread: Found['unread'] }) {
  const { i18n } = useLingui()
  return (
    <Card as="section" flush aria-labelledby="to-read">
      <h2 id="to-read" className={styles.title}>
        <Trans>Plans to read</Trans>
      </h2>
      <ul className={cx(rows.list, styles.under)}>
        {unread.map(({ student, parts }) => {
          const who = me.students.find(({ id }) => id === student)
          return (
            who && (
              <li key={student}>
                <Link to="/students/$student" params={{ student }} className={rows.row}>
                  <Who initials={who.initials} color={who.color} />
                  <span className={rows.words}>
                    <strong>{parts.map(({ what }) => i18n._(WHAT[what])).join(', ')}</strong>
                    <span className={rows.quiet}>
                      <HowMuch unread={parts} />
                    </span>
                  </span>
                  <ChevronRight size={20} aria-hidden className={rows.chevron} />
                </Link>
              </li>
            )
          )
        })}
      </ul>
    </Card>
  )
}

function HandedBack({ me, note }: { me: Me; note: Found['handbacks'][number] }) {
  const { t } = useLingui()
  const act = useAct()
  const formats = useFormats(me.district.tz)
  const student = me.students.find(({ id }) => id === note.student)
  if (!student) return null
  const { initials, color } = student
  const by = nameOf(me, note.by) ?? ''
  const when = formats.dateTime(note.at)
  const { well, tomorrow } = note.body
  const read = () =>
    act({
      drafts: [
        { kind: 'students.ack', student: student.id, refs: { of: note.id }, body: { what: 'handback' } },
      ],
      said: t`${initials}: read`,
    })
  return (
    <Card as="section" className={styles.note} aria-label={t`Hand-back note, ${initials}`}>
      <div className={styles.head}>
        <Who initials={initials} color={color} />
        <div>
          <h2>
            <Trans>Handed back by {by}</Trans>
          </h2>
          <p className={rows.quiet}>{when}</p>
        </div>
      </div>
      {well !== '' && (
        <p>
          <span className={styles.label}>
            <Trans>Went well</Trans>
          </span>
          {well}
        </p>
      )}
      {tomorrow !== '' && (
        <p>
          <span className={styles.label}>
            <Trans>To know tomorrow</Trans>
          </span>
          {tomorrow}
        </p>
      )}
      <Button icon={Check} onClick={read}>
        <Trans>Read</Trans>
      </Button>
    </Card>
  )
}

function Initials({ me, students }: { me: Me; students: readonly string[] }) {
  return (
    <span className={styles.initials}>
      {me.students
        .filter(({ id }) => students.includes(id))
        .map(({ id, initials, color }) => (
          <Who key={id} initials={initials} color={color} size="s" />
        ))}
    </span>
  )
}
