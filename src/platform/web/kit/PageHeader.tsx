/**
 * The top of a screen: where I am, the way back, and (on phones) the truth about saving at its end, which the
 * shell puts there. Its heading takes the focus after a navigation, so that a screen reader says the new place.
 */
import { useLingui } from '@lingui/react/macro'
import { ChevronLeft } from 'lucide-react'
import { createContext, useContext, useEffect, useRef, type ReactNode } from 'react'
import { cx } from './cx.ts'
import { Link } from './Link.tsx'
import styles from './PageHeader.module.css'

export interface PageHeaderProps {
  title: string
  /** One quiet line under the title. */
  subtitle?: ReactNode
  /** The path that the way back leads to. A place of the navigation needs none: it is in the bar, or under More. */
  back?: string | undefined
  backParams?: Readonly<Record<string, string>> | undefined
  /** A Tag or two beside the title, or a Who before it (`before`). */
  tags?: ReactNode
  before?: ReactNode
  /** Buttons of the whole screen. */
  actions?: ReactNode
}

export interface PageHeaderFrame {
  /** What stands at the end of the header on phones. */
  readonly end: ReactNode
  /** Changes with every navigation; null while the app shows the screen it opened with. */
  readonly navigation: string | null
  /** The open screen is a place under More: on phones, where the bar has no room for it, or on every device. */
  readonly more?: 'phone' | 'always' | undefined
}

export const PageHeaderContext = createContext<PageHeaderFrame>({ end: null, navigation: null })

export function PageHeader({ title, subtitle, back, backParams, tags, before, actions }: PageHeaderProps) {
  const { t } = useLingui()
  const { end, navigation, more } = useContext(PageHeaderContext)
  const way = back ?? (more && '/more')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (navigation !== null) heading.current?.focus({ preventScroll: true })
  }, [navigation])

  return (
    <header className={styles.header}>
      {way && (
        <Link
          to={way}
          params={backParams}
          className={cx(styles.back, more === 'phone' && styles.phone)}
          label={t`Back`}
        >
          <ChevronLeft size={24} aria-hidden />
        </Link>
      )}
      {before}
      <div className={styles.words}>
        <div className={styles.line}>
          <h1 ref={heading} tabIndex={-1} className={way && styles.small}>
            {title}
          </h1>
          {tags}
        </div>
        {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
      {end && <div className={styles.end}>{end}</div>}
    </header>
  )
}
