/**
 * What waits for my look: what another part of the house asks of me, and records that the server did not take, those of
 * my students or of the school I lead, and my own. Nothing is lost here:
 * each is kept as it arrived, with who sent it, when, and why it was not taken (G4), and it waits until somebody says
 * what became of it. Devices that made records which never came are named above.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, ChevronLeft, ChevronRight, CloudOff, Unplug } from 'lucide-react'
import { useContext, useState } from 'react'
import { InboxPage, type Refused } from '../../../platform/records/inbox.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { Details } from '../../../platform/web/kit/Details.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { useKindName } from '../../../platform/web/shell/kind-names.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { reasonOf } from '../../../platform/web/shell/reasons.ts'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import { Gaps } from './Gaps.tsx'
import { InboxPartContext } from './part.ts'
import { readableOf } from './refused.ts'
import { SettleSheet } from './SettleSheet.tsx'
import { useWhen } from './when.ts'
import { fieldName, HOW, othersReason } from './words.ts'
import styles from './InboxScreen.module.css'

type Shown = 'waiting' | 'settled'

export default function InboxScreen() {
  const { t } = useLingui()
  const part = useContext(InboxPartContext)
  const [shown, setShown] = useState<Shown>('waiting')
  /** Where the pages before this one began, newest first. */
  const [befores, setBefores] = useState<readonly string[]>([])
  const [settling, setSettling] = useState<Refused | null>(null)
  /** Settled here, while the server has not been asked again. */
  const [done, setDone] = useState<ReadonlySet<string>>(new Set())
  const before = befores.at(-1)
  const { value, status } = useOnline(
    InboxPage,
    `/api/inbox?settled=${shown === 'settled'}${before === undefined ? '' : `&before=${before}`}`,
  )
  const listed = value?.refused ?? []
  const refused = shown === 'waiting' ? listed.filter(({ entry }) => !done.has(entry)) : listed
  const open = (value?.open ?? 0) - (shown === 'waiting' ? listed.length - refused.length : 0)
  const gaps = shown === 'waiting' ? (value?.gaps ?? []) : []
  const show = (next: Shown) => {
    setShown(next)
    setBefores([])
  }
  return (
    <Page>
      <PageHeader title={t`Inbox`} subtitle={<Trans>What waits for your look</Trans>} />
      <Choice<Shown>
        legend={t`Show`}
        options={[
          { value: 'waiting', label: t`Waiting` },
          { value: 'settled', label: t`Settled` },
        ]}
        value={shown}
        onChange={show}
      />
      {status === 'offline' && value && (
        <Notice icon={CloudOff}>
          <Trans>No connection right now. This is what was last read.</Trans>
        </Notice>
      )}
      {status === 'offline' && !value && (
        <EmptyState icon={Unplug} title={t`No connection right now`}>
          <p>
            <Trans>
              The inbox is read from the school’s server. What you record yourself is kept on this device as
              usual.
            </Trans>
          </p>
        </EmptyState>
      )}
      {status === 'asking' && (
        <p className={styles.quiet} role="status">
          <Trans>Asking the school’s server …</Trans>
        </p>
      )}
      {part({
        seen: shown === 'settled',
        empty: status === 'fresh' && refused.length === 0 && gaps.length === 0 && <Nothing shown={shown} />,
      })}
      {value && gaps.length > 0 && <Gaps gaps={gaps} names={value.names} />}
      {value && refused.length > 0 && (
        <>
          {shown === 'waiting' && (
            <p className={styles.quiet}>
              <Plural
                value={open}
                one="# record was not taken and is kept here as it arrived. Talk with whoever sent it; they can correct it on their device."
                other="# records were not taken and are kept here as they arrived. Talk with whoever sent them; they can correct them on their device."
              />
            </p>
          )}
          <ul className={styles.list}>
            {refused.map((one) => (
              <li key={one.entry}>
                <Entry refused={one} page={value} onSettle={setSettling} />
              </li>
            ))}
          </ul>
        </>
      )}
      {value && (value.next !== null || befores.length > 0) && (
        <nav className={styles.pages} aria-label={t`Pages`}>
          {befores.length > 0 && (
            <Button icon={ChevronLeft} onClick={() => setBefores(befores.slice(0, -1))}>
              <Trans>Newer</Trans>
            </Button>
          )}
          {value.next !== null && (
            <Button icon={ChevronRight} onClick={() => setBefores([...befores, value.next ?? ''])}>
              <Trans>Older</Trans>
            </Button>
          )}
        </nav>
      )}
      {settling && (
        <SettleSheet
          entry={settling.entry}
          onClose={() => setSettling(null)}
          onSettled={() => {
            setDone(new Set([...done, settling.entry]))
            setSettling(null)
          }}
        />
      )}
    </Page>
  )
}

function Nothing({ shown }: { shown: Shown }) {
  const { t } = useLingui()
  if (shown === 'settled')
    return (
      <EmptyState icon={CheckCheck} title={t`Nothing settled yet`}>
        <p>
          <Trans>A record that was settled is kept here, with who settled it and how.</Trans>
        </p>
      </EmptyState>
    )
  return (
    <EmptyState icon={CheckCheck} title={t`Nothing waits here`}>
      <p>
        <Trans>
          When the server does not take a record of your students, it is kept here for you to look at. Right
          now there is none.
        </Trans>
      </p>
    </EmptyState>
  )
}

interface EntryProps {
  readonly refused: Refused
  readonly page: InboxPage
  readonly onSettle: (refused: Refused) => void
}

function Entry({ refused, page, onSettle }: EntryProps) {
  const { received, code, message, field, by, body, student, mine, settled } = refused
  const { t, i18n } = useLingui()
  const me = meOf(useValue('me'))
  const when = useWhen(me?.district.tz ?? 'UTC')
  const nameOf = useKindName()
  const record = readableOf(body)
  const who = student === null ? undefined : page.students[student]
  const own = by === me?.person.id
  const sender = page.names[by] ?? t`Somebody of your school`
  const arrived = when(received, received)
  const happened = record && when(Date.parse(record.at), received)
  return (
    <Card as="article" className={styles.entry}>
      <div className={styles.head}>
        {who && <Who initials={who.initials} color={who.color} />}
        <div className={styles.words}>
          <h2>{record ? nameOf(record.kind) : <Trans>Something that is no record</Trans>}</h2>
          <p className={styles.quiet}>
            {sender}
            {' · '}
            {happened !== null && happened !== arrived ? (
              <Trans>
                happened {happened}, arrived {arrived}
              </Trans>
            ) : (
              arrived
            )}
          </p>
        </div>
      </div>
      <p className={styles.reason}>
        {own ? reasonOf(i18n, { code, field, message }) : othersReason(i18n, { code, field, message })}
      </p>
      <div className={styles.foot}>
        <Details className={styles.content} summary={<Trans>What it says</Trans>}>
          {record ? (
            <dl>
              {record.fields.map(([name, value]) => (
                <div key={name}>
                  <dt>{fieldName(i18n, name)}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
              {record.reason !== null && (
                <div>
                  <dt>
                    <Trans>Reason given</Trans>
                  </dt>
                  <dd>{record.reason}</dd>
                </div>
              )}
            </dl>
          ) : (
            <pre tabIndex={0}>{body}</pre>
          )}
          {field !== null && field !== '' && (
            <p className={styles.quiet}>
              <Trans>The server points at: {field}</Trans>
            </p>
          )}
        </Details>
        {!settled && mine && (
          <Button icon={CheckCheck} onClick={() => onSettle(refused)}>
            <Trans>Settle</Trans>
          </Button>
        )}
      </div>
      {settled && (
        <p className={styles.settled}>
          <CheckCheck size={18} aria-hidden />
          <span>
            {i18n._(HOW[settled.how])}
            {settled.note !== null && <q>{settled.note}</q>}
            <span className={styles.quiet}>
              {page.names[settled.by] ?? t`Somebody of your school`}, {when(settled.at, received)}
            </span>
          </span>
        </p>
      )}
    </Card>
  )
}
