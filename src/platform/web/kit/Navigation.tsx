/** The places of the app: a bar under the thumb on phones, a column beside the work on wide screens. */
import type { LucideIcon } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { Link } from './Link.tsx'
import styles from './Navigation.module.css'

export interface NavigationItem {
  to: string
  label: string
  icon: LucideIcon
}

/** Bottom bar; at most five items fit. `label` is the accessible name of the landmark. */
export function TabBar({ label, items }: { label: string; items: readonly NavigationItem[] }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {items.map(({ to, label: words, icon: Icon }) => (
        <Link key={to} to={to} className={styles.tab}>
          <span className={styles.icon}>
            <Icon size={22} aria-hidden />
          </span>
          {words}
        </Link>
      ))}
    </nav>
  )
}

export interface SideNavProps {
  /** Accessible name of the landmark. */
  label: string
  groups: readonly { heading?: string | undefined; items: readonly NavigationItem[] }[]
  /** The mark and the name above the places. */
  brand: ReactNode
  /** What stands at the foot: the truth about saving. */
  foot: ReactNode
}

/** Column of a wide screen; its places scroll where they are too many, the mark and the foot stay. */
export function SideNav({ label, groups, brand, foot }: SideNavProps) {
  return (
    <nav className={styles.side} aria-label={label}>
      {brand}
      <div className={styles.places}>
        {groups.map(({ heading, items }) => (
          <Fragment key={items[0]?.to}>
            {heading && (
              <p className={styles.heading} aria-hidden>
                {heading}
              </p>
            )}
            <ul className={styles.list} aria-label={heading}>
              {items.map(({ to, label: words, icon: Icon }) => (
                <li key={to}>
                  <Link to={to} className={styles.row}>
                    <Icon size={20} aria-hidden />
                    {words}
                  </Link>
                </li>
              ))}
            </ul>
          </Fragment>
        ))}
      </div>
      <div className={styles.foot}>{foot}</div>
    </nav>
  )
}
