/** A student as screens show one: initials on a quiet color, never the name. */
import { cx } from './cx.ts'
import styles from './Who.module.css'

export interface WhoProps {
  /** Like `A.M.` */
  initials: string
  /** 1–6, the student's own. */
  color: number
  size?: 's' | 'm' | 'l' | undefined
  className?: string | undefined
}

export function Who({ initials, color, size = 'm', className }: WhoProps) {
  return (
    <span className={cx(styles.who, styles[size], className)} data-color={color} dir="auto">
      {initials}
    </span>
  )
}
