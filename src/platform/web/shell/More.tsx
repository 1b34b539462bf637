/** Who I am here, how this device shows and speaks, the demo's switches, and the way out. */
import { Trans, useLingui } from '@lingui/react/macro'
import {
  ArrowLeftRight,
  BookOpen,
  ChevronRight,
  LogOut,
  Moon,
  Scale,
  Smartphone,
  Sun,
  TabletSmartphone,
  type LucideIcon,
} from 'lucide-react'
import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react'
import { version } from '../../../../package.json'
import { useSession } from '../auth/session.tsx'
import { isShared, onShared } from '../auth/shared.ts'
import { chooseLanguage, LANGUAGES, type LanguageCode } from '../i18n/language.ts'
import { roleName } from '../i18n/roles.ts'
import { Card } from '../kit/Card.tsx'
import { Choice } from '../kit/Choice.tsx'
import { cx } from '../kit/cx.ts'
import { Link } from '../kit/Link.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Switch } from '../kit/Switch.tsx'
import { placesOf, tabsOf, type Place } from '../router/screen.ts'
import { onPreferences, preferences, setPreferences } from '../theme/preferences.ts'
import { DemoSwitches } from './DemoSwitches.tsx'
import { Leave } from './Leave.tsx'
import styles from './More.module.css'
import { OthersHere } from './OthersHere.tsx'
import { Page } from './Page.tsx'
import { useScreens } from './screens-context.ts'

const PinHere = lazy(() => import('../auth/pin/PinHere.tsx'))

export default function More() {
  const { t } = useLingui()
  const { district } = useSession()
  return (
    <Page>
      <PageHeader title={t`More`} />
      <Me />
      <OtherPlaces />
      <Section title={t`This device`}>
        <DeviceChoices />
        <OthersHere />
        <ul className={styles.rows}>
          <li>
            <Link to="/devices" className={styles.row}>
              <TabletSmartphone size={20} aria-hidden />
              <span className={styles.grow}>
                <Trans>Your devices</Trans>
              </span>
              <ChevronRight size={20} aria-hidden className={styles.chevron} />
            </Link>
          </li>
        </ul>
        <Suspense>
          <PinHere />
        </Suspense>
      </Section>
      {district.demo && (
        <Section title={t`Demo school`}>
          <DemoSwitches />
        </Section>
      )}
      <Section title={t`About Handrail`}>
        <About />
      </Section>
    </Page>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <Card className={styles.card}>{children}</Card>
    </section>
  )
}

function Me() {
  const { i18n, t } = useLingui()
  const { person, district, roles } = useSession()
  const shared = useSyncExternalStore(onShared, isShared)
  return (
    <Card as="section" className={styles.me}>
      <div className={styles.who}>
        <strong>{person.name}</strong>
        <span className={styles.quiet}>{roles.map((role) => roleName(i18n, role)).join(', ')}</span>
        <span className={styles.quiet}>{district.name}</span>
      </div>
      <div className={styles.buttons}>
        {shared && <Leave icon={ArrowLeftRight} words={t`Switch person`} />}
        <Leave icon={LogOut} words={t`Sign out`} forgets={shared} />
      </div>
    </Card>
  )
}

/** What has no room in the bar of a phone; wide screens show most of it in their side column. */
function OtherPlaces() {
  const { i18n } = useLingui()
  const { roles } = useSession()
  const others = tabsOf(placesOf(useScreens(), roles)).rest
  if (others.length === 0) return null
  const isInColumn = ({ place }: Place) => place !== 'more'
  return (
    <Card flush className={cx(styles.places, others.every(isInColumn) && styles.narrow)}>
      <ul className={styles.rows}>
        {others.map(({ path, title, icon: Icon, place }) => (
          <li key={path} className={cx(place !== 'more' && styles.narrow)}>
            <Link to={path} className={styles.row}>
              <Icon size={20} aria-hidden />
              <span className={styles.grow}>{i18n._(title)}</span>
              <ChevronRight size={20} aria-hidden className={styles.chevron} />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

type ThemeChoice = 'device' | 'light' | 'dark'

function DeviceChoices() {
  const { t, i18n } = useLingui()
  const chosen = useSyncExternalStore(onPreferences, preferences)
  const codes = Object.keys(LANGUAGES) as LanguageCode[]
  return (
    <>
      <Choice
        legend={t`Language`}
        options={codes.map((code) => ({ value: code, label: LANGUAGES[code].name, lang: code }))}
        value={i18n.locale as LanguageCode}
        onChange={(code) => void chooseLanguage(code)}
      />
      <Choice<ThemeChoice>
        legend={t`Light and dark`}
        options={[
          { value: 'device', label: t`Auto`, icon: Smartphone },
          { value: 'light', label: t`Light`, icon: Sun },
          { value: 'dark', label: t`Dark`, icon: Moon },
        ]}
        value={chosen.theme ?? 'device'}
        onChange={(theme) => setPreferences({ theme: theme === 'device' ? undefined : theme })}
      />
      <Switch
        label={t`More contrast`}
        description={t`Stronger lines and letters. A device that asks for more contrast always gets it.`}
        on={chosen.contrast === 'more'}
        onChange={(on) => setPreferences({ contrast: on ? 'more' : undefined })}
      />
    </>
  )
}

function About() {
  const { t } = useLingui()
  return (
    <>
      <p className={styles.quiet}>
        <Trans>
          Version {version}. Handrail is open source under the Apache License 2.0. Its type is Atkinson
          Hyperlegible Next by the Braille Institute.
        </Trans>
      </p>
      <ul className={styles.rows}>
        <OutsideRow href="/licenses.md" icon={Scale} words={t`Licenses of the parts`} />
        <OutsideRow href="/api/docs" icon={BookOpen} words={t`The server’s interface`} />
      </ul>
    </>
  )
}

/** A page of the server that is no screen of the app. */
function OutsideRow({ href, icon: Icon, words }: { href: string; icon: LucideIcon; words: string }) {
  return (
    <li>
      <a href={href} className={styles.row} target="_blank" rel="noreferrer">
        <Icon size={20} aria-hidden />
        <span className={styles.grow}>{words}</span>
        <ChevronRight size={20} aria-hidden className={styles.chevron} />
      </a>
    </li>
  )
}
