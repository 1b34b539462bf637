/**
 * On Today: what was said to me, until I have read it. About a student: records, read and answered on the device. Between
 * adults: kept with the day, so they are read without a network too; to say that they are read takes a connection.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, CloudOff, MessageSquareReply, MessageSquareText, PencilLine } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useAct } from '../../../platform/web/act.ts'
import { useCommand } from '../../../platform/web/desk/command.ts'
import { Wrong } from '../../../platform/web/desk/Wrong.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline, type Asked } from '../../../platform/web/online.ts'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import type { Me } from '../../schedule/model.ts'
import { MessagePage, type Message } from '../wire.ts'
import { AnswerSheet } from './AnswerSheet.tsx'
import { useUnread, type Unread } from './hooks.ts'
import { WriteSheet } from './WriteSheet.tsx'
import styles from './messages.module.css'

export default function MessagesToday() {
  const me = meOf(useValue('me'))
  return me && <Messages me={me} />
}

function Messages({ me }: { me: Me }) {
  const asked = useOnline(MessagePage, '/api/messages')
  const unread = useUnread(me)
  const [writing, setWriting] = useState(false)
  const page = asked.value ?? MessagePage.safeParse(me.brought?.['messages']).data
  const toMe = (page?.messages ?? []).filter(({ person, read }) => person === me.person.id && read === null)
  const fromMe = (page?.messages ?? []).filter(({ by }) => by === me.person.id)
  const offline = asked.status === 'offline'
  const aides = page?.aides ?? []
  const some = unread.length + toMe.length + fromMe.length > 0
  if (!some && aides.length === 0) return null
  return (
    <>
      {some && (
        <Card as="section" flush aria-labelledby="messages">
          <h2 id="messages" className={styles.title}>
            <Trans>Messages</Trans>
          </h2>
          <ul className={rows.list}>
            {toMe.map((message) => (
              <li key={message.id}>
                <ToMe message={message} me={me} names={page?.names ?? {}} asked={asked} offline={offline} />
              </li>
            ))}
            {unread.map((one) => (
              <li key={(one.reply ?? one.thread).id}>
                <AboutStudent {...one} me={me} />
              </li>
            ))}
            {fromMe.map((message) => (
              <li key={message.id}>
                <FromMe message={message} me={me} name={page?.names[message.person] ?? ''} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {aides.length > 0 && (
        <div>
          <Button variant="ghost" icon={PencilLine} disabled={offline} onClick={() => setWriting(true)}>
            <Trans>Write to an aide</Trans>
          </Button>
        </div>
      )}
      {writing && (
        <WriteSheet
          aides={aides}
          onClose={() => setWriting(false)}
          onDone={() => {
            setWriting(false)
            void asked.again()
          }}
        />
      )}
    </>
  )
}

interface ToMeProps {
  readonly message: Message
  readonly me: Me
  readonly names: Readonly<Record<string, string>>
  readonly asked: Asked<MessagePage>
  readonly offline: boolean
}

function ToMe({ message, me, names, asked, offline }: ToMeProps) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const command = useCommand()
  const [answering, setAnswering] = useState(false)
  const name = names[message.by] ?? t`Somebody of your school`
  const read = async (answer: string | null) => {
    if (!(await command.send(`/api/messages/${message.id}/read`, { answer }))) return
    setAnswering(false)
    await asked.again()
  }
  return (
    <Line
      icon={<MessageSquareText size={20} aria-hidden />}
      from={name}
      when={formats.dateTime(message.sent)}
      words={message.words}
    >
      {offline && (
        <p className={styles.offline}>
          <CloudOff size={16} aria-hidden />
          <Trans>Saying that you have read it takes a connection.</Trans>
        </p>
      )}
      <Acts
        from={name}
        busy={command.busy}
        disabled={offline}
        onRead={() => void read(null)}
        onAnswer={() => setAnswering(true)}
      />
      {!answering && <Wrong wrong={command.wrong} />}
      {answering && (
        <AnswerSheet
          title={t`Answer ${name}`}
          words={message.words}
          busy={command.busy}
          wrong={<Wrong wrong={command.wrong} />}
          onClose={() => setAnswering(false)}
          onSend={(words) => void read(words)}
        />
      )}
    </Line>
  )
}

function AboutStudent({ student, thread, reply, me }: Unread & { me: Me }) {
  const { t } = useLingui()
  const act = useAct()
  const formats = useFormats(me.district.tz)
  const [answering, setAnswering] = useState(false)
  const said = reply ?? thread
  const { initials } = student
  const name = me.people.find(({ id }) => id === said.by)?.name ?? t`Somebody of the team`
  const capture = (kind: string, of: string, body: { text?: string }, words: string) =>
    act({ drafts: [{ kind, student: student.id, refs: { of }, body }], said: `${initials}: ${words}` })
  return (
    <Line
      icon={<Who initials={initials} color={student.color} size="s" />}
      from={name}
      when={formats.dateTime(said.at)}
      words={said.text}
      about={reply && thread.text}
    >
      <Acts
        from={`${name}, ${initials}`}
        onRead={() => capture('messages.read', said.id, {}, t`read`)}
        onAnswer={reply ? null : () => setAnswering(true)}
      />
      {answering && (
        <AnswerSheet
          title={t`Answer ${name}`}
          words={said.text}
          onClose={() => setAnswering(false)}
          onSend={(words) => {
            capture('messages.reply', thread.id, { text: words }, t`answered`)
            setAnswering(false)
          }}
        />
      )}
    </Line>
  )
}

/** What became of what I wrote. */
function FromMe({ message, me, name }: { message: Message; me: Me; name: string }) {
  const formats = useFormats(me.district.tz)
  const { words, sent, read, answer } = message
  return (
    <Line
      icon={<MessageSquareReply size={20} aria-hidden />}
      from={<Trans>To {name}</Trans>}
      when={formats.dateTime(sent)}
      words={answer ?? words}
      about={answer === null ? null : words}
    >
      <p className={rows.quiet}>
        {read === null ? <Trans>not read yet</Trans> : <Trans>read {formats.dateTime(read)}</Trans>}
      </p>
    </Line>
  )
}

interface LineProps {
  readonly icon: ReactNode
  readonly from: ReactNode
  readonly when: string
  readonly words: string
  /** What it answers. */
  readonly about?: string | null
  readonly children: ReactNode
}

function Line({ icon, from, when, words, about = null, children }: LineProps) {
  return (
    <div className={styles.line}>
      <span className={rows.icon}>{icon}</span>
      <div className={rows.words}>
        <p className={rows.quiet}>
          {from} · {when}
        </p>
        {about !== null && <p className={styles.about}>{about}</p>}
        <p>{words}</p>
        {children}
      </div>
    </div>
  )
}

interface ActsProps {
  readonly from: string
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly onRead: () => void
  /** Null: it is an answer itself. */
  readonly onAnswer: (() => void) | null
}

function Acts({ from, busy = false, disabled = false, onRead, onAnswer }: ActsProps) {
  const { t } = useLingui()
  return (
    <div className={styles.acts}>
      <Button icon={Check} busy={busy} disabled={disabled} aria-label={t`Read: ${from}`} onClick={onRead}>
        <Trans>Read</Trans>
      </Button>
      {onAnswer && (
        <Button
          variant="ghost"
          icon={MessageSquareReply}
          disabled={disabled}
          aria-label={t`Answer: ${from}`}
          onClick={onAnswer}
        >
          <Trans context="to answer a message">Answer</Trans>
        </Button>
      )}
    </div>
  )
}
