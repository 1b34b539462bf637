/**
 * On Today: what I am asked to prepare, by when it is due, and for who asked how it stands: ready is green, and what is not
 * ready half an hour before it is due says so. Read from the document of the day without a network; to say how it stands
 * takes a connection, and the card says that.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, CircleAlert, CloudOff, Ellipsis, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useDays } from '../../../platform/web/desk/days.ts'
import { useCommand, type Command } from '../../../platform/web/desk/command.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button, IconButton } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import rows from '../../../platform/web/kit/Rows.module.css'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import { meOf } from '../../schedule/me.ts'
import type { Me } from '../../schedule/model.ts'
import { isCurrent, standingOf } from '../rules.ts'
import { PrepPage, type Task } from '../wire.ts'
import { AskSheet } from './AskSheet.tsx'
import { StandingSheet } from './StandingSheet.tsx'
import { REASON, titleOf } from './words.ts'
import styles from './prep.module.css'

const MINUTE = 60_000

export default function PrepToday() {
  const me = meOf(useValue('me'))
  return me && <Prep me={me} />
}

function Prep({ me }: { me: Me }) {
  const now = useNow(MINUTE)
  const asked = useOnline(PrepPage, '/api/prep')
  const [asking, setAsking] = useState(false)
  const page = asked.value ?? PrepPage.safeParse(me.brought?.['prep']).data
  if (!page) return null
  const tasks = page.tasks.filter((task) => isCurrent(task, now))
  const offline = asked.status === 'offline'
  const done = () => {
    setAsking(false)
    void asked.again()
  }
  if (tasks.length === 0 && page.aides.length === 0) return null
  return (
    <>
      {tasks.length > 0 && (
        <Card as="section" flush aria-labelledby="prep">
          <h2 id="prep" className={styles.title}>
            <Trans>To prepare</Trans>
          </h2>
          {offline && (
            <p className={styles.offline}>
              <CloudOff size={16} aria-hidden />
              <Trans>No connection: you can read it here; saying that it is ready takes one.</Trans>
            </p>
          )}
          <ul className={rows.list}>
            {tasks.map((task) => (
              <li key={task.id}>
                <Row task={task} me={me} page={page} now={now} offline={offline} onDone={done} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {page.aides.length > 0 && (
        <div>
          <Button variant="ghost" icon={Plus} disabled={offline} onClick={() => setAsking(true)}>
            <Trans>Ask an aide to prepare something</Trans>
          </Button>
        </div>
      )}
      {asking && <AskSheet page={page} me={me} now={now} onClose={() => setAsking(false)} onDone={done} />}
    </>
  )
}

interface RowProps {
  readonly task: Task
  readonly me: Me
  readonly page: PrepPage
  readonly now: number
  readonly offline: boolean
  readonly onDone: () => void
}

function Row({ task, me, page, now, offline, onDone }: RowProps) {
  const { t, i18n } = useLingui()
  const command = useCommand()
  const [open, setOpen] = useState(false)
  const isMine = task.person === me.person.id
  const standing = standingOf(task, now)
  const isOver = standing === 'ready' || standing === 'cannot'
  const title = titleOf(i18n, task)
  const send = async (body: object) => {
    if (await command.send(`/api/prep/${task.id}/say`, body)) onDone()
  }
  return (
    <div className={styles.row}>
      <div className={rows.words}>
        <strong>{title}</strong>
        <span className={rows.quiet}>
          <Due task={task} me={me} now={now} />
          {task.group !== '' && ` · ${task.group}`} · {page.names[isMine ? task.by : task.person]}
        </span>
        <span className={styles.tags}>
          {standing === 'ready' ? (
            <Tag tone="ok" icon={Check}>
              <Trans>ready</Trans>
            </Tag>
          ) : standing === 'cannot' ? (
            <Tag tone="wait" icon={CircleAlert}>
              <Trans>cannot be prepared</Trans>
            </Tag>
          ) : (
            standing !== 'open' && (
              <Tag tone="wait" icon={CircleAlert}>
                {standing === 'late' ? <Trans>was due</Trans> : <Trans>not ready yet</Trans>}
              </Tag>
            )
          )}
          {task.is === 'started' && (
            <Tag tone="info">
              <Trans>begun</Trans>
            </Tag>
          )}
          {task.reason !== null && <span className={rows.quiet}>{i18n._(REASON[task.reason])}</span>}
        </span>
        <Failed command={command} />
      </div>
      <div className={styles.acts}>
        {isMine && !isOver && (
          <Button
            icon={Check}
            busy={command.busy}
            disabled={offline}
            aria-label={t`Ready: ${title}`}
            onClick={() => void send({ is: 'done' })}
          >
            <Trans>Ready</Trans>
          </Button>
        )}
        {isMine ? (
          <IconButton
            icon={Ellipsis}
            label={t`More about: ${title}`}
            disabled={offline}
            onClick={() => setOpen(true)}
          />
        ) : (
          !isOver && (
            <IconButton
              icon={X}
              label={t`Take back: ${title}`}
              disabled={offline || command.busy}
              onClick={() => void send({ is: 'withdrawn' })}
            />
          )
        )}
      </div>
      {open && (
        <StandingSheet
          task={task}
          title={title}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false)
            onDone()
          }}
        />
      )}
    </div>
  )
}

function Due({ task: { due }, me, now }: { task: Task; me: Me; now: number }) {
  const formats = useFormats(me.district.tz)
  const today = dayOf(now, me.district.tz)
  const days = useDays(today)
  const day = dayOf(due, me.district.tz)
  const time = formats.time(due)
  const date = days(day)
  return day === today ? (
    <Trans>by {time}</Trans>
  ) : (
    <Trans>
      by {date}, {time}
    </Trans>
  )
}

function Failed({ command }: { command: Command }) {
  if (command.wrong === null) return null
  return (
    <span role="status" className={styles.failed}>
      <Trans>That did not reach the school’s server. Try again.</Trans>
    </span>
  )
}
