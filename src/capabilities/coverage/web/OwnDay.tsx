/**
 * What an adult says of their own day, small, at the end of Today: that they cannot come (three taps), and that a break
 * did not happen (two). Nothing here follows anybody about: a break is known because its person says so.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, Coffee, UserRoundX } from 'lucide-react'
import { useState } from 'react'
import type { z } from 'zod'
import { addDays, dayOf } from '../../../platform/core/days.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { ask } from '../../../platform/web/http.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { useToasts } from '../../../platform/web/kit/Toast.tsx'
import { useOnline, type Asked } from '../../../platform/web/online.ts'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import { meOf } from '../../schedule/me.ts'
import type { Me } from '../../schedule/model.ts'
import { Absence, Done, MyCover, type MissedBreak } from '../wire.ts'
import styles from './cover.module.css'

const MINUTE = 60_000
/** Minutes of a rest or of a meal that were lost: what one tap says. */
const LOST: readonly { kind: z.infer<typeof MissedBreak>['kind']; minutes: number }[] = [
  { kind: 'rest', minutes: 10 },
  { kind: 'rest', minutes: 15 },
  { kind: 'meal', minutes: 10 },
  { kind: 'meal', minutes: 20 },
  { kind: 'meal', minutes: 30 },
]

export default function OwnDay() {
  const me = meOf(useValue('me'))
  const asked = useOnline(MyCover, '/api/coverage/mine')
  const [open, setOpen] = useState<'away' | 'break' | null>(null)
  if (!me) return null
  return (
    <>
      <Standing me={me} asked={asked} />
      <div className={styles.own}>
        <Button variant="ghost" icon={UserRoundX} onClick={() => setOpen('away')}>
          <Trans>I can’t come</Trans>
        </Button>
        <Button variant="ghost" icon={Coffee} onClick={() => setOpen('break')}>
          <Trans>A break was missed</Trans>
        </Button>
      </div>
      {open === 'away' && <CallOutSheet me={me} asked={asked} onClose={() => setOpen(null)} />}
      {open === 'break' && <BreakSheet me={me} asked={asked} onClose={() => setOpen(null)} />}
    </>
  )
}

/** What one called out for, and the way back. */
function Standing({ me, asked }: { me: Me; asked: Asked<MyCover> }) {
  const formats = useFormats('UTC')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const standing = (asked.value?.absences ?? []).filter(
    ({ withdrawn, person }) => !withdrawn && person === me.person.id,
  )
  const withdraw = async (id: string) => {
    setBusy(true)
    setFailed(false)
    try {
      await ask(Absence, `/api/coverage/absences/${id}/withdraw`, { method: 'POST', body: {} })
      await asked.again()
    } catch {
      setFailed(true)
    }
    setBusy(false)
  }
  return standing.map(({ id, day, start, end }) => (
    <Notice
      key={id}
      icon={UserRoundX}
      tone="wait"
      action={
        <Button busy={busy} onClick={() => void withdraw(id)}>
          <Trans>I come after all</Trans>
        </Button>
      }
    >
      {start === null && end === null ? (
        <Trans>You called out for {formats.dateLong(`${day}T12:00:00Z`)}.</Trans>
      ) : (
        <Trans>
          You called out for {formats.dateLong(`${day}T12:00:00Z`)}, {start ?? ''}–{end ?? ''}.
        </Trans>
      )}{' '}
      {failed && <Trans>That did not reach the school’s server. Try again.</Trans>}
    </Notice>
  ))
}

interface SheetProps {
  readonly me: Me
  readonly asked: Asked<MyCover>
  readonly onClose: () => void
}

function CallOutSheet({ me, asked, onClose }: SheetProps) {
  const { t } = useLingui()
  const formats = useFormats('UTC')
  const toasts = useToasts()
  const now = useNow(MINUTE)
  const today = dayOf(now, me.district.tz)
  const own = me.boards.find((board) => board.day === today)
  const isOver = own === undefined || own.blocks.every((block) => Date.parse(block.end) <= now)
  const next = me.boards.find((board) => board.day > today)?.day ?? addDays(today, 1)
  const [day, setDay] = useState(isOver ? next : today)
  const [part, setPart] = useState<'day' | 'part'>('day')
  const [start, setStart] = useState('')
  const [end, setEnd] = useState('')
  const [reason, setReason] = useState('')
  // one act however often it is sent
  const [id] = useState(() => uuidv7(Date.now()))
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const callOut = async () => {
    setBusy(true)
    setFailed(false)
    const times = part === 'part' ? { ...(start && { start }), ...(end && { end }) } : {}
    const why = reason.trim().slice(0, 200)
    try {
      await ask(Absence, '/api/coverage/absences', {
        method: 'POST',
        body: { id, day, ...times, ...(why && { reason: why }) },
      })
      await asked.again()
      toasts.show({ text: t`Said. Whoever plans cover sees it now.` })
      onClose()
    } catch {
      setFailed(true)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`I can’t come`}
      actions={
        <Button variant="primary" size="pad" wide busy={busy} onClick={() => void callOut()}>
          <Trans>Call out</Trans>
        </Button>
      }
    >
      <div className={styles.stack}>
        {failed && (
          <Notice tone="wait" icon={CircleAlert} announce>
            <Trans>That did not reach the school’s server. Try again, or call the office.</Trans>
          </Notice>
        )}
        <Choice
          legend={t`When`}
          options={[...new Set([today, next])].map((one) => ({
            value: one,
            label: one === today ? t`Today` : formats.dateLong(`${one}T12:00:00Z`),
          }))}
          value={day}
          onChange={setDay}
        />
        <Choice<'day' | 'part'>
          legend={t`How long`}
          options={[
            { value: 'day', label: t`All day` },
            { value: 'part', label: t`A part of it` },
          ]}
          value={part}
          onChange={setPart}
        />
        {part === 'part' && (
          <div className={styles.row}>
            <TextField label={t`From`} type="time" value={start} onChange={setStart} />
            <TextField label={t`Until`} type="time" value={end} onChange={setEnd} />
          </div>
        )}
        <TextField
          label={t`Reason, if you like`}
          description={t`Only you and who leads your school can read it.`}
          value={reason}
          onChange={setReason}
        />
      </div>
    </Dialog>
  )
}

function BreakSheet({ me, asked, onClose }: SheetProps) {
  const { t } = useLingui()
  const toasts = useToasts()
  const today = dayOf(useNow(MINUTE), me.district.tz)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const say = async (lost: (typeof LOST)[number]) => {
    setBusy(true)
    setFailed(false)
    try {
      await ask(Done, '/api/coverage/breaks', {
        method: 'POST',
        body: { id: uuidv7(Date.now()), day: today, ...lost },
      })
      await asked.again()
      toasts.show({ text: t`Said. It is counted.` })
      onClose()
    } catch {
      setFailed(true)
      setBusy(false)
    }
  }
  const owed = asked.value?.owed ?? 0
  return (
    <Dialog open onClose={onClose} title={t`A break was missed`}>
      <div className={styles.stack}>
        {failed && (
          <Notice tone="wait" icon={CircleAlert} announce>
            <Trans>That did not reach the school’s server. Nothing has changed; try again.</Trans>
          </Notice>
        )}
        <div className={styles.list}>
          {LOST.map((lost) => (
            <Button
              key={`${lost.kind} ${lost.minutes}`}
              size="pad"
              wide
              busy={busy}
              onClick={() => void say(lost)}
            >
              {lost.kind === 'rest' ? (
                <Plural value={lost.minutes} one="Rest: # minute missed" other="Rest: # minutes missed" />
              ) : (
                <Plural value={lost.minutes} one="Meal: # minute on duty" other="Meal: # minutes on duty" />
              )}
            </Button>
          ))}
        </div>
        {owed > 0 && (
          <p className={styles.quiet}>
            <Plural
              value={owed}
              one="# minute is owed to you so far."
              other="# minutes are owed to you so far."
            />
          </p>
        )}
      </div>
    </Dialog>
  )
}
