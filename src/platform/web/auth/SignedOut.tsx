/** What a page shows while nobody is signed in: the demo school where there is one, else the way in. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CloudOff, RotateCcw } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { Brand } from '../shell/Brand.tsx'
import { PlainPage } from '../shell/Page.tsx'
import plain from '../shell/Plain.module.css'
import { useWindowTitle } from '../shell/title.ts'
import type { Demo } from './identity.ts'

const Landing = lazy(() => import('./Landing.tsx'))
const SignIn = lazy(() => import('./SignIn.tsx'))

export interface SignedOutProps {
  demo: Demo | null
  reachable: boolean
  /** Asks the server again. */
  onAgain: () => Promise<void>
  onSignedIn: () => Promise<void>
}

export default function SignedOut({ demo, reachable, onAgain, onSignedIn }: SignedOutProps) {
  const [signingIn, setSigningIn] = useState(false)
  if (!reachable) return <NoServer onAgain={onAgain} />
  return (
    <Suspense>
      {demo?.demo && !signingIn ? (
        <Landing demo={demo} onSignedIn={onSignedIn} onSignIn={() => setSigningIn(true)} />
      ) : (
        <SignIn onSignedIn={onSignedIn} onBack={demo?.demo ? () => setSigningIn(false) : undefined} />
      )}
    </Suspense>
  )
}

/** Nobody is signed in here and the server does not answer: the only moment at which Handrail needs a network. */
function NoServer({ onAgain }: { onAgain: () => Promise<void> }) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  useWindowTitle(t`No connection`)
  return (
    <PlainPage>
      <Brand />
      <Card as="section" className={plain.card}>
        <span className={plain.mark}>
          <CloudOff size={28} aria-hidden />
        </span>
        <h1>
          <Trans>The school’s server does not answer</Trans>
        </h1>
        <p>
          <Trans>
            Signing in is the one thing that needs a connection. Once you are signed in, Handrail works
            without. What was recorded on this device before is still kept here.
          </Trans>
        </p>
        <Button
          variant="primary"
          icon={RotateCcw}
          busy={asking}
          onClick={async () => {
            setAsking(true)
            await onAgain()
            setAsking(false)
          }}
        >
          <Trans>Try again</Trans>
        </Button>
      </Card>
    </PlainPage>
  )
}
