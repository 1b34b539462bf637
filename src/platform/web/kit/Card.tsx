/** A surface that holds one thing. `emphasis` marks the one that matters now; at most one on a screen. */
import type { HTMLAttributes } from 'react'
import { cx } from './cx.ts'
import styles from './Card.module.css'

export interface CardProps extends HTMLAttributes<HTMLElement> {
  as?: 'section' | 'div' | 'article' | 'li' | undefined
  emphasis?: boolean | undefined
  /** No inner space: for lists and tables that bring their own. */
  flush?: boolean | undefined
}

export function Card({ as: Element = 'div', emphasis, flush, className, ...rest }: CardProps) {
  return (
    <Element
      {...rest}
      className={cx(styles.card, emphasis && styles.emphasis, flush && styles.flush, className)}
    />
  )
}
