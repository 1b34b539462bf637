/**
 * The first minute of a newcomer: the demo school, clearly fictional, and one button a role that lands on a live
 * day. Shown while nobody is signed in and the server holds the demo school.
 */
import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import {
  ChartLine,
  ChevronRight,
  CircleAlert,
  DoorOpen,
  EyeOff,
  Grid2x2Check,
  LogIn,
  Users,
  type LucideIcon,
} from 'lucide-react'
import { useState } from 'react'
import { useFormats } from '../i18n/format.ts'
import { Button } from '../kit/Button.tsx'
import { cx } from '../kit/cx.ts'
import { Notice } from '../kit/Notice.tsx'
import { Brand } from '../shell/Brand.tsx'
import { LanguageSwitch } from '../shell/LanguageSwitch.tsx'
import { useWindowTitle } from '../shell/title.ts'
import { signInAs, type Demo, type Persona } from './identity.ts'
import styles from './Landing.module.css'

export interface LandingProps {
  demo: Demo
  onSignedIn: () => Promise<void>
  onSignIn: () => void
}

export default function Landing({ demo, onSignedIn, onSignIn }: LandingProps) {
  useWindowTitle(null)
  const [entering, setEntering] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)

  const enter = async (persona: Persona) => {
    setEntering(persona.id)
    setFailed(false)
    try {
      await signInAs(persona.id)
      await onSignedIn()
    } catch {
      setFailed(true)
      setEntering(null)
    }
  }

  return (
    <div className={styles.landing}>
      <header className={styles.top}>
        <Brand />
        <LanguageSwitch />
      </header>
      <main id="main" className={styles.main}>
        <div className={styles.pitch}>
          <h1>
            <Trans>The working day of a paraprofessional, and the team around them</Trans>
          </h1>
          <p>
            <Trans>
              Record with one thumb, with or without Wi-Fi. The teacher sees each trial two seconds later, on
              the graph of the goal.
            </Trans>
          </p>
        </div>
        <section className={styles.school} aria-labelledby="demo-school">
          <h2 id="demo-school">{demo.district}</h2>
          <p className={styles.quiet}>
            <Trans>Every person and every number here is made up. Look around, tap, break things.</Trans>
          </p>
          <ul className={styles.personas}>
            {demo.personas.map((persona, n) => (
              <li key={persona.id}>
                <PersonaButton
                  persona={persona}
                  tz={demo.tz}
                  first={n === 0}
                  busy={entering === persona.id}
                  onPress={() => void enter(persona)}
                />
              </li>
            ))}
          </ul>
          {failed && (
            <Notice tone="wait" icon={CircleAlert} announce>
              <Trans>The server did not let you in. Try again in a moment.</Trans>
            </Notice>
          )}
        </section>
        <section className={styles.own} aria-labelledby="own-school">
          <h2 id="own-school">
            <Trans>Start with your own school</Trans>
          </h2>
          <p className={styles.quiet}>
            <Trans>
              Your school’s people and students come in as a OneRoster bundle, in a place of their own, apart
              from the demo. The first command reads the folder and reports, row by row, what is wrong; the
              second takes it in.
            </Trans>
          </p>
          <pre className={styles.commands}>
            <code>
              npm run handrail -- import oneroster ./roster --dry-run{'\n'}npm run handrail -- import
              oneroster ./roster
            </code>
          </pre>
          <Button icon={LogIn} onClick={onSignIn}>
            <Trans>Sign in with an account</Trans>
          </Button>
        </section>
      </main>
    </div>
  )
}

interface Look {
  readonly icon: LucideIcon
  readonly be: MessageDescriptor
  readonly what: MessageDescriptor
}

/** By the id that the demo school gives its personas. */
const LOOKS: Readonly<Record<string, Look>> = {
  para: {
    icon: Grid2x2Check,
    be: msg`Be a para`,
    what: msg`Now and next, who is with you, and the pad that records`,
  },
  'case-manager': {
    icon: ChartLine,
    be: msg`Be the case manager`,
    what: msg`Your caseload, each trial as it happens, and the graphs of the goals`,
  },
  'other-para': {
    icon: EyeOff,
    be: msg`Be a para of other students`,
    what: msg`What you have no part in, you cannot find`,
  },
  coordinator: {
    icon: Users,
    be: msg`Be the coordinator`,
    what: msg`The whole building, and what is missing today`,
  },
  substitute: {
    icon: DoorOpen,
    be: msg`Be a substitute`,
    what: msg`A first day, with what a newcomer must know`,
  },
}

interface PersonaButtonProps {
  persona: Persona
  tz: string
  first: boolean
  busy: boolean
  onPress: () => void
}

function PersonaButton({ persona, tz, first, busy, onPress }: PersonaButtonProps) {
  const { i18n, t } = useLingui()
  const formats = useFormats(tz)
  const look = LOOKS[persona.id]
  const Icon = look?.icon ?? Users
  const { name, at } = persona
  const be = look ? i18n._(look.be) : t`Be ${name}`
  const weekday = formats.weekday(at)
  const time = formats.clock(at)
  return (
    <button
      type="button"
      className={cx(styles.persona, first && styles.first)}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onPress}
    >
      <span className={styles.icon}>
        <Icon size={26} aria-hidden />
      </span>
      <span className={styles.words}>
        <strong>
          <Trans>
            {be}, {weekday} {time}
          </Trans>
        </strong>
        <span>{look ? i18n._(look.what) : name}</span>
      </span>
      <ChevronRight size={22} aria-hidden className={styles.chevron} />
    </button>
  )
}
