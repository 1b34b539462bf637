/** A short fact beside a thing. Its tone is never alone: the words say it, and an icon gives it a shape. */
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Tag.module.css'

export interface TagProps {
  tone?: 'neutral' | 'info' | 'wait' | 'ok' | 'danger' | undefined
  icon?: LucideIcon | undefined
  className?: string | undefined
  children: ReactNode
}

export function Tag({ tone = 'neutral', icon: Icon, className, children }: TagProps) {
  return (
    <span className={cx(styles.tag, tone !== 'neutral' && styles[tone], className)}>
      {Icon && <Icon size={14} aria-hidden />}
      {children}
    </span>
  )
}
