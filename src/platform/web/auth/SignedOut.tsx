/** What a page shows while nobody is signed in: who has a PIN here, the demo school where there is one, else the way in. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CloudOff, LockKeyhole, RotateCcw } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { Notice } from '../kit/Notice.tsx'
import { Brand } from '../shell/Brand.tsx'
import { PlainPage } from '../shell/Page.tsx'
import plain from '../shell/Plain.module.css'
import { useWindowTitle } from '../shell/title.ts'
import type { LockReason } from '../store/device.ts'
import type { Demo } from './identity.ts'
import { invitationHere } from './invitation.ts'
import { touched } from './share.ts'
import { isShared } from './shared.ts'

const Join = lazy(() => import('./Join.tsx'))
const Landing = lazy(() => import('./Landing.tsx'))
const SignIn = lazy(() => import('./SignIn.tsx'))
const Tiles = lazy(() => import('./pin/Tiles.tsx'))

export interface SignedOutProps {
  demo: Demo | null
  reachable: boolean
  /** Why somebody who did not sign out is here. */
  why: Exclude<LockReason, 'left'> | null
  /** Asks the server again. */
  onAgain: () => Promise<void>
  onSignedIn: () => Promise<void>
}

export default function SignedOut({ demo, reachable, why, onAgain, onSignedIn }: SignedOutProps) {
  const [signingIn, setSigningIn] = useState(false)
  const [tiles, setTiles] = useState(isShared)
  const invitation = invitationHere(location)
  const enter = () => {
    touched()
    return onSignedIn()
  }
  if (!reachable) return <NoServer onAgain={onAgain} />
  if (invitation !== null)
    return (
      <Suspense>
        <Join token={invitation} onSignedIn={enter} />
      </Suspense>
    )
  return (
    <Suspense>
      {why && (
        <Notice tone="wait" icon={LockKeyhole} announce>
          {why === 'revoked' ? (
            <Trans>
              This device was signed out from another one. What it had not sent is still on it, locked; it
              goes to the team when you, or anybody of your district, sign in here.
            </Trans>
          ) : (
            <Trans>
              This device has not heard from the school’s server for a long time, so it locked itself. What it
              had not sent is still on it, locked; sign in and it goes to the team.
            </Trans>
          )}
        </Notice>
      )}
      {tiles ? (
        <Tiles onSignedIn={enter} onOthers={() => setTiles(false)} />
      ) : demo?.demo && !signingIn ? (
        <Landing demo={demo} onSignedIn={enter} onSignIn={() => setSigningIn(true)} />
      ) : (
        <SignIn onSignedIn={enter} onBack={demo?.demo ? () => setSigningIn(false) : undefined} />
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
