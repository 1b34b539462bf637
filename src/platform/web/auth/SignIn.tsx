/** E-mail and password. Answers of the server become words; nothing says whether an address is known. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft, CircleAlert, CloudOff, LogIn } from 'lucide-react'
import { useState, type SubmitEvent } from 'react'
import { Refused } from '../http.ts'
import { Button } from '../kit/Button.tsx'
import { Card } from '../kit/Card.tsx'
import { Notice } from '../kit/Notice.tsx'
import { TextField } from '../kit/TextField.tsx'
import { Brand } from '../shell/Brand.tsx'
import { PlainPage } from '../shell/Page.tsx'
import { useWindowTitle } from '../shell/title.ts'
import { signIn } from './identity.ts'
import styles from './SignedOut.module.css'

export interface SignInProps {
  onSignedIn: () => Promise<void>
  /** Back to the demo school, where there is one. */
  onBack?: (() => void) | undefined
}

export default function SignIn({ onSignedIn, onBack }: SignInProps) {
  const { t } = useLingui()
  useWindowTitle(t`Sign in`)
  return (
    <PlainPage>
      <Brand />
      <Card as="section" className={styles.card}>
        <h1>
          <Trans>Sign in</Trans>
        </h1>
        <SignInForm onSignedIn={onSignedIn} />
      </Card>
      {onBack && (
        <Button variant="ghost" icon={ArrowLeft} onClick={onBack}>
          <Trans>Back to the demo school</Trans>
        </Button>
      )}
    </PlainPage>
  )
}

type Failure = 'wrong' | 'too_many' | 'unreachable' | 'no_district'

/** The form alone, for pages that have a frame of their own. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  const { t } = useLingui()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setBusy(true)
    setFailure(null)
    try {
      await signIn(email.trim(), password)
      await onSignedIn()
    } catch (error) {
      setFailure(failureOf(error))
    }
    setBusy(false)
  }

  return (
    <>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label={t`E-mail`}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          required
        />
        <TextField
          label={t`Password`}
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          required
        />
        {failure && (
          <Notice tone="wait" icon={failure === 'unreachable' ? CloudOff : CircleAlert} announce>
            <FailureWords failure={failure} />
          </Notice>
        )}
        <Button type="submit" variant="primary" icon={LogIn} wide busy={busy}>
          {busy ? <Trans>Signing in…</Trans> : <Trans>Sign in</Trans>}
        </Button>
      </form>
      <p className={styles.quiet}>
        <Trans>
          No account, or a forgotten password? Ask the person who looks after Handrail at your school.
        </Trans>
      </p>
    </>
  )
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Refused)) return 'unreachable'
  if (error.status === 429) return 'too_many'
  if (error.code === 'session.no_district') return 'no_district'
  return error.status < 500 ? 'wrong' : 'unreachable'
}

function FailureWords({ failure }: { failure: Failure }) {
  switch (failure) {
    case 'wrong':
      return <Trans>The e-mail or the password is not right.</Trans>
    case 'too_many':
      return <Trans>Too many tries. Wait a minute, then try again.</Trans>
    case 'no_district':
      return <Trans>This account belongs to no school yet. Ask the person who looks after Handrail.</Trans>
    case 'unreachable':
      return (
        <Trans>
          The school’s server does not answer. Signing in needs a connection; check it and try again.
        </Trans>
      )
  }
}
