/**
 * The sign-in screen of a shared tablet: the adults who have a PIN here today, and the keypad of whoever taps theirs.
 * Names come from the server each time and are kept nowhere; no student is ever on this page.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft, ChevronRight, CircleAlert, CloudOff, UserRound } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import type { PinPeople } from '../../../records/pins.ts'
import { Refused } from '../../http.ts'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Card.tsx'
import { Notice } from '../../kit/Notice.tsx'
import { Brand } from '../../shell/Brand.tsx'
import { PlainPage } from '../../shell/Page.tsx'
import { useWindowTitle } from '../../shell/title.ts'
import { share } from '../share.ts'
import { enterWithPin, pinPeople } from '../pins.ts'
import { Keypad } from './Keypad.tsx'
import styles from './Tiles.module.css'

type Person = PinPeople['people'][number]
type Failure = 'refused' | 'over' | 'too_many' | 'unreachable'

export interface TilesProps {
  onSignedIn: () => Promise<void>
  /** The way in with a password; also taken when nobody has a PIN here any more. */
  onOthers: () => void
}

export default function Tiles({ onSignedIn, onOthers }: TilesProps) {
  const { t } = useLingui()
  useWindowTitle(t`Sign in`)
  const [people, setPeople] = useState<readonly Person[] | null>(null)
  const [chosen, setChosen] = useState<Person | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const show = ({ people: here, left }: PinPeople) => {
    share(left)
    setPeople(here)
    if (here.length === 0) onOthers()
  }
  const showFirst = useEffectEvent(show)
  const nobody = useEffectEvent(onOthers)
  useEffect(() => {
    pinPeople().then(
      (now) => showFirst(now),
      () => nobody(),
    )
  }, [])

  const enter = async (person: Person, pin: string) => {
    setBusy(true)
    setFailure(null)
    try {
      await enterWithPin(person.id, pin)
      await onSignedIn()
    } catch (error) {
      setFailure(await failed(error, person))
    }
    setBusy(false)
  }
  const failed = async (error: unknown, person: Person): Promise<Failure> => {
    if (!(error instanceof Refused) || error.status >= 500) return 'unreachable'
    if (error.status === 429) return 'too_many'
    const now = await pinPeople().catch(() => null)
    if (now) show(now)
    if (!now || now.people.some((one) => one.id === person.id)) return 'refused'
    setChosen(null)
    return 'over'
  }

  if (people === null) return null
  const notice = failure && (
    <Notice tone="wait" icon={failure === 'unreachable' ? CloudOff : CircleAlert} announce>
      <FailureWords failure={failure} />
    </Notice>
  )
  if (chosen)
    return (
      <PlainPage>
        <Brand />
        <Card as="section" className={styles.card}>
          <h1 className={styles.name}>{chosen.name}</h1>
          <div className={styles.said}>
            {notice ?? (
              <p className={styles.quiet}>
                <Trans>Your PIN for today</Trans>
              </p>
            )}
          </div>
          <Keypad
            key={chosen.id}
            label={t`Your PIN for today`}
            busy={busy}
            onPin={(pin) => void enter(chosen, pin)}
          />
        </Card>
        <Button
          variant="ghost"
          icon={ArrowLeft}
          onClick={() => {
            setChosen(null)
            setFailure(null)
          }}
        >
          <Trans>Somebody else</Trans>
        </Button>
      </PlainPage>
    )
  return (
    <PlainPage>
      <Brand />
      <h1 className={styles.who}>
        <Trans>Who is here?</Trans>
      </h1>
      {notice}
      <ul className={styles.tiles}>
        {people.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              className={styles.tile}
              onClick={() => {
                setFailure(null)
                setChosen(person)
              }}
            >
              <span className={styles.initials} aria-hidden>
                {person.initials}
              </span>
              <strong className={styles.of}>{person.name}</strong>
              <ChevronRight size={22} aria-hidden className={styles.chevron} />
            </button>
          </li>
        ))}
      </ul>
      <Button variant="ghost" icon={UserRound} onClick={onOthers}>
        <Trans>Somebody else</Trans>
      </Button>
    </PlainPage>
  )
}

function FailureWords({ failure }: { failure: Failure }) {
  switch (failure) {
    case 'refused':
      return <Trans>This PIN opens nothing here. Try again, or sign in with your password.</Trans>
    case 'over':
      return <Trans>This PIN does not hold any more. Sign in with your password.</Trans>
    case 'too_many':
      return <Trans>Too many tries. Wait a minute, then try again.</Trans>
    case 'unreachable':
      return <Trans>The school’s server does not answer. Check the connection and try again.</Trans>
  }
}
