/**
 * The clock of a device was wrong by more than five minutes when it sent sessions of mine (domain C.3): whether their times
 * are right only I know. One tap says that they are, one puts them right by the estimate; until then they are marked, and
 * nothing that is billed by them is final. On the pad and on Today; shows nothing where nothing is asked.
 */
import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Check, ClockAlert, History } from 'lucide-react'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import type { Device } from '../../../platform/web/store/device.ts'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import type { Me } from '../../schedule/model.ts'
import { timesDraft, voidDraft, type SessionRef } from '../drafts.ts'
import { isOpen } from '../goal.ts'
import { partitionOfProgram, programOf } from '../program.ts'
import { sessionView } from '../rules.ts'
import { useMe } from './hooks.ts'
import styles from './TimesAsked.module.css'

const MINUTE = 60_000

/** A session of mine in doubt. */
interface Asked {
  readonly ref: SessionRef
  readonly title: string
  readonly started: string
  readonly ended: string
  readonly offMs: number
}

export default function TimesAsked() {
  const me = useMe()
  const text = useFromDevice((device) => (me ? JSON.stringify(askedIn(device, me)) : '[]'))
  const asked = JSON.parse(text) as readonly Asked[]
  if (!me) return null
  return groupsOf(asked).map((group) => (
    <Question key={group.map(({ ref }) => ref.session).join()} me={me} group={group} />
  ))
}

function Question({ me, group }: { me: Me; group: readonly Asked[] }) {
  const { t, i18n } = useLingui()
  const formats = useFormats(me.district.tz)
  const act = useAct()
  // what was on its way is part of the estimate and only ever adds to it
  const offMs = Math.round(Math.min(...group.map((one) => one.offMs)) / 1000) * 1000
  const long = lengthWord(i18n, Math.abs(offMs))
  const isBehind = offMs > 0
  const then = (at: string) => Date.parse(at) + offMs
  const answer = (shiftMs: number, said: string) =>
    act({
      drafts: group.map(({ ref }) => timesDraft(ref, shiftMs)),
      said,
      undo: (made) =>
        made.flatMap((record, index) => {
          const ref = group[index]?.ref
          return ref ? [voidDraft(ref, record.id)] : []
        }),
    })
  return (
    <Card as="section" aria-label={t`Are these times right?`} className={styles.card}>
      <h2>
        <ClockAlert size={20} aria-hidden />
        <Trans>Are these times right?</Trans>
      </h2>
      <p>
        {isBehind ? (
          <Trans>
            The clock of your device was {long} behind the school’s when this was sent. Only you know whether
            it was so when you recorded.
          </Trans>
        ) : (
          <Trans>
            The clock of your device was {long} ahead of the school’s when this was sent. Only you know
            whether it was so when you recorded.
          </Trans>
        )}
      </p>
      <ul className={styles.list}>
        {group.map(({ ref, title, started, ended }) => {
          const student = me.students.find(({ id }) => id === ref.student)
          // with a.m. and p.m.: a clock may be wrong by twelve hours
          const hours = (from: string | number, to: string | number) =>
            `${formats.dateShort(from)}, ${formats.time(from)}–${formats.time(to)}`
          const was = hours(started, ended)
          const would = hours(then(started), then(ended))
          return (
            <li key={ref.session}>
              {student && <Who initials={student.initials} color={student.color} size="s" />}
              <span className={styles.what}>
                {title}
                <small>
                  <Trans>
                    recorded <b>{was}</b>, by the school’s clock <b>{would}</b>
                  </Trans>
                </small>
              </span>
            </li>
          )
        })}
      </ul>
      <div className={styles.answers}>
        <Button size="pad" icon={Check} onClick={() => answer(0, t`times confirmed`)}>
          <Plural value={group.length} one="The time is right" other="The times are right" />
        </Button>
        <Button size="pad" icon={History} onClick={() => answer(offMs, t`times put right`)}>
          {isBehind ? <Trans>Put right: {long} later</Trans> : <Trans>Put right: {long} earlier</Trans>}
        </Button>
      </div>
      <p className={styles.quiet}>
        <Trans>
          Until you say so, they are marked as not confirmed, and service minutes from them are not final. Set
          the clock of the device by the network, so that this does not come again.
        </Trans>
      </p>
    </Card>
  )
}

/** Sessions of mine that the house doubts, that this device has, that are over and not answered for. */
function askedIn(device: Device, me: Me): Asked[] {
  const students = me.students.map(({ id }) => id)
  return (me.doubts ?? []).flatMap(({ program, session, author, offMs }) => {
    if (author !== me.person.id) return []
    const state = device
      .statesOf(sessionView, `program:${program}`)
      .find((one) => one.state.session === session)?.state
    if (!state || isOpen(state) || state.times || state.ended === null) return []
    const partition = partitionOfProgram(device, program, students)
    const plan = partition === null ? null : programOf(device.records(partition), state.day)
    const { student, started, ended } = state
    return [{ ref: { session, program, student }, title: plan?.body.title ?? '', started, ended, offMs }]
  })
}

/** `42 min`, `9 h 5 min`, `3 days`: as far apart as two clocks are. */
function lengthWord(i18n: I18n, ms: number): string {
  const minutes = Math.round(ms / MINUTE)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const days = Math.round(hours / 24)
  if (hours >= 48) return i18n._(msg`${days} days`)
  if (hours === 0) return i18n._(msg`${rest} min`)
  return rest === 0 ? i18n._(msg`${hours} h`) : i18n._(msg`${hours} h ${rest} min`)
}

/** Those that were wrong by about the same are asked about at once. */
function groupsOf(asked: readonly Asked[]): readonly (readonly Asked[])[] {
  const groups: Asked[][] = []
  for (const one of asked.toSorted((a, b) => a.offMs - b.offMs)) {
    const last = groups.at(-1)
    if (last?.[0] && one.offMs - last[0].offMs < MINUTE) last.push(one)
    else groups.push([one])
  }
  return groups.map((group) => group.toSorted((a, b) => (a.started < b.started ? -1 : 1)))
}
