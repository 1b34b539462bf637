/**
 * Every record that is not with the team: what, when, in what state, and what can be done. The list can be taken
 * away as a file, so that nothing depends on this device or on the network.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import {
  CheckCheck,
  CircleAlert,
  CloudOff,
  CloudUpload,
  Download,
  LogIn,
  RefreshCw,
  TriangleAlert,
} from 'lucide-react'
import { useSession } from '../auth/session.tsx'
import { useStudentChips } from '../auth/students.ts'
import { useFormats } from '../i18n/format.ts'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { ButtonLink } from '../kit/Link.tsx'
import { Notice } from '../kit/Notice.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Tag } from '../kit/Tag.tsx'
import { VisuallyHidden } from '../kit/VisuallyHidden.tsx'
import { Who } from '../kit/Who.tsx'
import type { Entry } from '../store/cache.ts'
import { useDevice, useSyncStatus, useUnsent } from '../store/hooks.ts'
import { downloadText } from './download.ts'
import { useKindName } from './kind-names.ts'
import { OthersHere } from './OthersHere.tsx'
import { Page } from './Page.tsx'
import { reasonOf } from './reasons.ts'
import styles from './Unsent.module.css'

export default function Unsent() {
  const { t } = useLingui()
  const entries = useUnsent()
  const asking = entries.filter((entry) => entry.state === 'needs_you')
  const waiting = entries.filter((entry) => entry.state !== 'needs_you')
  return (
    <Page>
      <PageHeader title={t`Not yet with the team`} back="/more" />
      <Connection waiting={waiting.length} />
      <OthersHere />
      {asking.length > 0 && (
        <section className={styles.section}>
          <h2>
            <Plural value={asking.length} one="# record needs you" other="# records need you" />
          </h2>
          <Card as="div" flush>
            <ul className={styles.list}>
              {asking.map((entry) => (
                <Row key={entry.id} entry={entry} />
              ))}
            </ul>
          </Card>
        </section>
      )}
      {waiting.length > 0 && (
        <section className={styles.section}>
          <h2>
            <Plural
              value={waiting.length}
              one="# record kept on this device"
              other="# records kept on this device"
            />
          </h2>
          <Card as="div" flush>
            <ul className={styles.list}>
              {waiting.map((entry) => (
                <Row key={entry.id} entry={entry} />
              ))}
            </ul>
          </Card>
        </section>
      )}
      {entries.length === 0 ? (
        <EmptyState icon={CheckCheck} title={t`Everything is with the team`}>
          <p>
            <Trans>
              What you record stands here until the school’s server has it. Right now there is nothing.
            </Trans>
          </p>
        </EmptyState>
      ) : (
        <Export count={entries.length} />
      )}
    </Page>
  )
}

function Connection({ waiting }: { waiting: number }) {
  const { connection, lastSynced } = useSyncStatus()
  const { district } = useSession()
  const device = useDevice()
  const formats = useFormats(district.tz)
  const synced = lastSynced === null ? null : formats.dateTime(lastSynced)
  switch (connection) {
    case 'offline':
      return (
        <Notice tone="info" icon={CloudOff}>
          <Trans>No connection right now. Everything is kept here and goes to the team by itself.</Trans>
          {synced && (
            <p className={styles.small}>
              <Trans>Last in step with the team: {synced}</Trans>
            </p>
          )}
        </Notice>
      )
    case 'signed_out':
      return (
        <Notice
          tone="wait"
          icon={LogIn}
          action={
            <ButtonLink to="/sign-in" variant="primary">
              <Trans>Sign in</Trans>
            </ButtonLink>
          }
        >
          <Trans>Your session ended. Sign in again, and what is kept here goes to the team.</Trans>
        </Notice>
      )
    case 'online':
      if (waiting === 0) return null
      return (
        <Notice
          tone="info"
          icon={CloudUpload}
          action={
            <Button icon={RefreshCw} onClick={() => void device.syncNow()}>
              <Trans>Send now</Trans>
            </Button>
          }
        >
          <Trans>Connected. These go to the team within seconds.</Trans>
        </Notice>
      )
  }
}

function Row({ entry }: { entry: Entry }) {
  const { i18n } = useLingui()
  const { district } = useSession()
  const device = useDevice()
  const formats = useFormats(district.tz)
  const nameOf = useKindName()
  const students = useStudentChips()
  const { record, problem } = entry
  const who = record.student !== null && !entry.hidden ? students.get(record.student) : undefined
  return (
    <li className={styles.row}>
      {who && <Who initials={who.initials} color={who.color} size="s" />}
      <div className={styles.words}>
        <strong>{nameOf(record.kind)}</strong>
        <span className={styles.quiet}>
          {formats.dateTime(record.at)}
          {entry.hidden && (
            <>
              {' · '}
              <Trans>of a student you are no longer with</Trans>
            </>
          )}
        </span>
        {problem && <p className={styles.reason}>{reasonOf(i18n, problem)}</p>}
      </div>
      {entry.state === 'needs_you' ? (
        <div className={styles.acts}>
          <Tag tone="wait" icon={CircleAlert}>
            <Trans>needs you</Trans>
          </Tag>
          {entry.origin === 'device' && (
            <Button icon={RefreshCw} onClick={() => void device.retry(entry.id)}>
              <Trans>Try again</Trans>
              <VisuallyHidden>, {nameOf(record.kind)}</VisuallyHidden>
            </Button>
          )}
        </div>
      ) : (
        <Tag icon={CloudUpload}>
          {entry.state === 'saving' ? <Trans>saving</Trans> : <Trans>kept here</Trans>}
        </Tag>
      )}
    </li>
  )
}

function Export({ count }: { count: number }) {
  const device = useDevice()
  return (
    <section className={styles.section}>
      <Card className={styles.export}>
        <p>
          <TriangleAlert size={18} aria-hidden />
          <span>
            <Trans>
              You can take these records away as a file, for the person who looks after Handrail. The file
              holds student data: treat it like a paper record.
            </Trans>
          </span>
        </p>
        <Button
          icon={Download}
          onClick={() =>
            downloadText('handrail-records.jsonl', 'application/x-ndjson', device.exportUnsent())
          }
        >
          <Plural value={count} one="Export # record" other="Export # records" />
        </Button>
      </Card>
    </section>
  )
}
