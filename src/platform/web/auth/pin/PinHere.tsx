/** In the account menu: choosing a PIN for today on a tablet that several people share, and taking it back. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, Grid3x3 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { isTooEasy } from '../../../records/pins.ts'
import { Refused } from '../../http.ts'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { Notice } from '../../kit/Notice.tsx'
import { useFlight } from '../../store/hooks.ts'
import { useSession } from '../session.tsx'
import { choosePin, forgetPin, pinPeople } from '../pins.ts'
import { Keypad } from './Keypad.tsx'
import styles from './PinHere.module.css'

export default function PinHere() {
  const { t } = useLingui()
  const { person } = useSession()
  const flight = useFlight()
  const [mine, setMine] = useState(false)
  const [choosing, setChoosing] = useState(false)
  useEffect(() => {
    if (flight) return
    // without an answer it is offered: choosing says what is wrong
    pinPeople().then(
      ({ people }) => setMine(people.some((one) => one.id === person.id)),
      () => {},
    )
  }, [person.id, flight])
  return (
    <div className={styles.here}>
      <div>
        <strong>
          <Trans>Shared tablet</Trans>
        </strong>
        <p className={styles.quiet}>
          {mine ? (
            <Trans>
              Your PIN opens this tablet until the end of today. It locks when nobody touches it for ten
              minutes.
            </Trans>
          ) : (
            <Trans>
              Do several people use this tablet? With a PIN for today each of you comes back with a tap and
              six digits.
            </Trans>
          )}
        </p>
      </div>
      <div className={styles.buttons}>
        <Button icon={Grid3x3} onClick={() => setChoosing(true)}>
          {mine ? <Trans>Another PIN</Trans> : <Trans>Choose a PIN for today</Trans>}
        </Button>
        {mine && (
          <Button
            variant="ghost"
            onClick={() =>
              void forgetPin().then(
                () => setMine(false),
                () => {},
              )
            }
          >
            <Trans>Remove it</Trans>
          </Button>
        )}
      </div>
      <Dialog open={choosing} onClose={() => setChoosing(false)} title={t`A PIN for today`}>
        <Choose
          onChosen={() => {
            setMine(true)
            setChoosing(false)
          }}
        />
      </Dialog>
    </div>
  )
}

type Failure = 'differs' | 'too_easy' | 'sign_in_first' | 'unreachable'

function Choose({ onChosen }: { onChosen: () => void }) {
  const { t } = useLingui()
  const [first, setFirst] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const begin = (why: Failure | null) => {
    setFirst(null)
    setFailure(why)
  }
  const take = async (pin: string) => {
    if (first === null) {
      setFailure(isTooEasy(pin) ? 'too_easy' : null)
      return setFirst(isTooEasy(pin) ? null : pin)
    }
    if (first !== pin) return begin('differs')
    setBusy(true)
    try {
      await choosePin(pin)
      onChosen()
    } catch (error) {
      begin(failureOf(error))
    }
    setBusy(false)
  }
  const asked = first === null ? t`Six digits that nobody would guess` : t`The same six digits again`
  return (
    <div className={styles.choose}>
      <p className={styles.asked}>{asked}</p>
      <Keypad
        key={first === null ? 'first' : 'again'}
        label={asked}
        busy={busy}
        onPin={(pin) => void take(pin)}
      />
      <div className={styles.said}>
        {failure ? (
          <Notice tone="wait" icon={CircleAlert} announce>
            <FailureWords failure={failure} />
          </Notice>
        ) : (
          <p className={styles.quiet}>
            <Trans>
              It works on this tablet only, until the end of the school day. Five wrong tries and it is gone:
              then your password opens it again.
            </Trans>
          </p>
        )}
      </div>
    </div>
  )
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Refused)) return 'unreachable'
  if (error.code === 'pin.too_easy') return 'too_easy'
  return error.status < 500 && error.status !== 429 ? 'sign_in_first' : 'unreachable'
}

function FailureWords({ failure }: { failure: Failure }) {
  switch (failure) {
    case 'differs':
      return <Trans>That was another PIN. Choose once more.</Trans>
    case 'too_easy':
      return (
        <Trans>
          Others would try that one first. Take at least four different digits, and no run like 123456.
        </Trans>
      )
    case 'sign_in_first':
      return (
        <Trans>
          A PIN is chosen within half an hour of signing in with the password. Sign out, sign in again, and
          choose it then.
        </Trans>
      )
    case 'unreachable':
      return <Trans>The school’s server does not answer. Check the connection and try again.</Trans>
  }
}
