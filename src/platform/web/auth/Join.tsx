/**
 * An invitation that was opened on a device on which nobody is signed in: one tap and the day begins. The link's secret
 * stands behind `#`, so no server writes it down, and only the tap spends it: looking at a link opens nothing.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, CloudOff, DoorOpen } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { ask, Refused } from '../http.ts'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { Notice } from '../kit/Notice.tsx'
import { Brand } from '../shell/Brand.tsx'
import { PlainPage } from '../shell/Page.tsx'
import plain from '../shell/Plain.module.css'
import { useWindowTitle } from '../shell/title.ts'

type Failure = 'over' | 'too_many' | 'unreachable'

export default function Join({ token, onSignedIn }: { token: string; onSignedIn: () => Promise<void> }) {
  const { t } = useLingui()
  useWindowTitle(t`Invitation`)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const open = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await ask(z.object({ ok: z.literal(true) }), '/api/invitations/open', {
        method: 'POST',
        body: { token },
      })
      // what was spent does not stay in the address bar or in the history
      history.replaceState(null, '', '/')
      await onSignedIn()
    } catch (error) {
      setFailure(failureOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <PlainPage>
      <Brand />
      <Card as="section" className={plain.card}>
        <span className={plain.mark}>
          <DoorOpen size={28} aria-hidden />
        </span>
        <h1>
          <Trans>Good to have you here today</Trans>
        </h1>
        <p>
          <Trans>
            This invitation opens once, on this device. You see the students of today, until the end of your
            shift; then this device holds nothing of them.
          </Trans>
        </p>
        {failure && (
          <Notice tone="wait" icon={failure === 'unreachable' ? CloudOff : CircleAlert} announce>
            <FailureWords failure={failure} />
          </Notice>
        )}
        <Button variant="primary" size="pad" wide icon={DoorOpen} busy={busy} onClick={() => void open()}>
          <Trans>Begin my day</Trans>
        </Button>
      </Card>
    </PlainPage>
  )
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Refused)) return 'unreachable'
  return error.status === 429 ? 'too_many' : error.status < 500 ? 'over' : 'unreachable'
}

function FailureWords({ failure }: { failure: Failure }) {
  switch (failure) {
    case 'over':
      return <Trans>This invitation was used or its time is over. Ask the school for a new one.</Trans>
    case 'too_many':
      return <Trans>Too many tries. Wait a minute, then try again.</Trans>
    case 'unreachable':
      return <Trans>The school’s server does not answer. Check the connection and try again.</Trans>
  }
}
