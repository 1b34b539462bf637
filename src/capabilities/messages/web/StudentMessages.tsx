/**
 * On a student's page: what the team said to each other about this student, who has read it, and a line to write. Recorded
 * like everything else: written without a network, and with the others when there is one. No family reads this.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { MessagesSquare, PencilLine, Send } from 'lucide-react'
import { useState } from 'react'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextArea } from '../../../platform/web/kit/TextArea.tsx'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import type { Me, MyStudent } from '../../schedule/model.ts'
import { IMPLEMENTERS } from '../../students/plans.ts'
import { LONGEST_NOTE } from '../records.ts'
import type { Thread } from '../threads.ts'
import { useThreads } from './hooks.ts'
import styles from './messages.module.css'

/** The latest ones. */
const SHOWN = 5

export default function StudentMessages({ student: id }: { student: string }) {
  const { t } = useLingui()
  const me = meOf(useValue('me'))
  const student = me?.students.find((one) => one.id === id)
  const person = me?.person.id
  // what was said to somebody else is theirs
  const threads = useThreads(id).filter(({ to, by }) => to === null || to === person || by === person)
  const [writing, setWriting] = useState(false)
  if (!me || !student) return null
  const writes = IMPLEMENTERS.includes(student.role)
  if (threads.length === 0 && !writes) return null
  return (
    <Card as="section" className={styles.here} aria-label={t`Messages in the team`}>
      <h2>
        <MessagesSquare size={20} aria-hidden />
        <Trans>Messages in the team</Trans>
      </h2>
      {threads.length > 0 && (
        <ul className={styles.threads}>
          {threads.slice(0, SHOWN).map((thread) => (
            <li key={thread.id}>
              <Written thread={thread} me={me} />
            </li>
          ))}
        </ul>
      )}
      {writes && (
        <Button icon={PencilLine} onClick={() => setWriting(true)}>
          <Trans>Write to the team</Trans>
        </Button>
      )}
      {writing && <NoteSheet student={student} me={me} onClose={() => setWriting(false)} />}
    </Card>
  )
}

function Written({ thread: { by, to, at, text, read, replies }, me }: { thread: Thread; me: Me }) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const nameOf = (person: string) =>
    person === me.person.id
      ? t`You`
      : (me.people.find(({ id }) => id === person)?.name ?? t`Somebody of the team`)
  const from = nameOf(by)
  return (
    <div className={styles.thread}>
      <p className={rows.quiet}>
        {to === null ? (
          from
        ) : (
          <Trans>
            {from} to {nameOf(to)}
          </Trans>
        )}{' '}
        · {formats.dateTime(at)}
      </p>
      <p>{text}</p>
      {replies.map((reply) => (
        <div key={reply.id} className={styles.reply}>
          <p className={rows.quiet}>
            {nameOf(reply.by)} · {formats.dateTime(reply.at)}
          </p>
          <p>{reply.text}</p>
        </div>
      ))}
      {read.length > 0 && (
        <p className={rows.quiet}>
          <Plural
            value={read.length}
            one={`Read by ${read.map(nameOf).join(', ')}`}
            other={`Read by # of the team: ${read.map(nameOf).join(', ')}`}
          />
        </p>
      )}
    </div>
  )
}

const TEAM = 'team'

function NoteSheet({ student, me, onClose }: { student: MyStudent; me: Me; onClose: () => void }) {
  const { t } = useLingui()
  const act = useAct()
  const [to, setTo] = useState<string>(TEAM)
  const [text, setText] = useState('')
  const { initials } = student
  const team = me.people.filter((one) => one.id !== me.person.id && one.with?.includes(student.id) !== false)
  const send = () => {
    act({
      drafts: [
        {
          kind: 'messages.note',
          student: student.id,
          refs: to === TEAM ? {} : { to },
          body: { text: text.trim() },
        },
      ],
      said: t`${initials}: message written`,
    })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Message about ${initials}`}
      actions={
        <Button variant="primary" icon={Send} disabled={text.trim() === ''} onClick={send}>
          <Trans>Send</Trans>
        </Button>
      }
    >
      <div className={styles.form}>
        <Select
          label={t`To`}
          placeholder={t`Choose`}
          options={[
            { value: TEAM, label: t`All of the team` },
            ...team.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={to}
          onChange={setTo}
        />
        <TextArea
          label={t`Message`}
          description={t`No other child. It stays with the student’s record.`}
          value={text}
          maxLength={LONGEST_NOTE}
          onChange={setText}
        />
      </div>
    </Dialog>
  )
}
