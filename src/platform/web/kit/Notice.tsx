/** A calm word in the flow of a screen: what is so, and what can be done about it. */
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Notice.module.css'

export interface NoticeProps {
  tone?: 'info' | 'wait' | 'ok' | 'danger' | undefined
  icon: LucideIcon
  /** Announce it when it appears (an answer to what the person just did). */
  announce?: boolean | undefined
  action?: ReactNode | undefined
  children: ReactNode
}

export function Notice({ tone = 'info', icon: Icon, announce, action, children }: NoticeProps) {
  return (
    <div className={cx(styles.notice, styles[tone])} role={announce ? 'status' : undefined}>
      <Icon size={20} aria-hidden />
      <div className={styles.words}>{children}</div>
      {action}
    </div>
  )
}
