/** One's own calendar for the program one keeps it in: a secret address, told once, taken back at once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CalendarPlus, Copy, Unplug, X } from 'lucide-react'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { ask } from '../../../platform/web/http.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { useToasts } from '../../../platform/web/kit/Toast.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { Done, FeedList, FeedMade } from '../wire.ts'
import styles from './Calendar.module.css'

export default function CalendarFeed() {
  const { t } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const toasts = useToasts()
  const { value, status, again } = useOnline(FeedList, '/api/calendar-feeds')
  const [made, setMade] = useState<{ id: string; url: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const listed = (value?.feeds ?? []).filter(({ id }) => id !== made?.id)
  const failed = () => toasts.show({ text: t`The server could not be reached. Nothing was changed.` })
  const make = async () => {
    setBusy(true)
    try {
      const { id, path } = await ask(FeedMade, '/api/calendar-feeds', {
        method: 'POST',
        body: { id: uuidv7(Date.now()) },
      })
      if (path !== null) setMade({ id, url: new URL(path, location.href).href })
    } catch {
      failed()
    }
    setBusy(false)
  }
  const revoke = async (id: string) => {
    try {
      await ask(Done, `/api/calendar-feeds/${id}/revoke`, { method: 'POST', body: {} })
      await again()
      if (made?.id === id) setMade(null)
    } catch {
      failed()
    }
  }
  const copy = async (url: string) => {
    await navigator.clipboard.writeText(url)
    toasts.show({ text: t`Copied` })
  }
  return (
    <Page>
      <PageHeader title={t`Calendar feed`} />
      <p>
        <Trans>
          Your own calendar program can show your blocks: the block, the place and the time, never a child.
          Whoever has the address can read it, so keep it to yourself.
        </Trans>
      </p>
      {status === 'offline' && (
        <Notice icon={Unplug}>
          <Trans>No connection right now.</Trans>
        </Notice>
      )}
      {made && (
        <Card as="section" className={styles.form}>
          <h2>
            <Trans>The address of your calendar</Trans>
          </h2>
          <p className={styles.address} tabIndex={0}>
            {made.url}
          </p>
          <p className={styles.quiet}>
            <Trans>It is shown this once. Copy it into your calendar program.</Trans>
          </p>
          <div className={styles.head}>
            <Button variant="primary" icon={Copy} onClick={() => void copy(made.url)}>
              <Trans>Copy</Trans>
            </Button>
            <Button icon={X} onClick={() => void revoke(made.id)}>
              <Trans>Take it back</Trans>
            </Button>
          </div>
        </Card>
      )}
      {listed.length > 0 && (
        <ul className={styles.feeds}>
          {listed.map((feed) => (
            <li key={feed.id}>
              <span>
                <Trans>Made {formats.dateTime(feed.made)}</Trans>
              </span>
              <Button icon={X} onClick={() => void revoke(feed.id)}>
                <Trans>Take it back</Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {!made && (
        <div className={styles.head}>
          <Button variant="primary" icon={CalendarPlus} busy={busy} onClick={() => void make()}>
            <Trans>Make an address</Trans>
          </Button>
        </div>
      )}
    </Page>
  )
}
