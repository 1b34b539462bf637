/** The places of the app: a bar under the thumb on phones, a column beside the work on wide screens. */
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from './Link.tsx'
import styles from './Navigation.module.css'

export interface NavigationItem {
  to: string
  label: string
  icon: LucideIcon
}

export interface NavigationProps {
  /** Accessible name of the landmark. */
  label: string
  items: readonly NavigationItem[]
}

/** Bottom bar; at most five items fit. */
export function TabBar({ label, items }: NavigationProps) {
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

export interface SideNavProps extends NavigationProps {
  /** The mark and the name above the places. */
  brand: ReactNode
  /** What stands at the foot: the truth about saving. */
  foot: ReactNode
}

/** Column of a wide screen. */
export function SideNav({ label, items, brand, foot }: SideNavProps) {
  return (
    <nav className={styles.side} aria-label={label}>
      {brand}
      <ul className={styles.list}>
        {items.map(({ to, label: words, icon: Icon }) => (
          <li key={to}>
            <Link to={to} className={styles.row}>
              <Icon size={20} aria-hidden />
              {words}
            </Link>
          </li>
        ))}
      </ul>
      <div className={styles.foot}>{foot}</div>
    </nav>
  )
}
