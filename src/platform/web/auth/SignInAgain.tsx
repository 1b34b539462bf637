/** The way back in when the server ended a session while its person went on working. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { Card } from '../kit/Card.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Page } from '../shell/Page.tsx'
import { useDevice } from '../store/hooks.ts'
import { useSession } from './session.tsx'
import { SignInForm } from './SignIn.tsx'
import styles from './SignedOut.module.css'

export default function SignInAgain() {
  const { t } = useLingui()
  const { refresh } = useSession()
  const device = useDevice()
  const navigate = useNavigate()
  return (
    <Page>
      <PageHeader title={t`Sign in`} back="/unsent" />
      <Card as="section" className={styles.card}>
        <p>
          <Trans>
            Your session ended. What you recorded is kept on this device; sign in and it goes to the team.
          </Trans>
        </p>
        <SignInForm
          onSignedIn={async () => {
            await refresh()
            await navigate({ to: '/' })
            // what waited for this goes now; nobody waits for it
            void device.syncNow()
          }}
        />
      </Card>
    </Page>
  )
}
