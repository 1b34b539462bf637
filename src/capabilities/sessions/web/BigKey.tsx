/** The one control of a pad that is pressed without looking: as wide as the card, and a key held down is one tap. */
import type { ReactNode } from 'react'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import { useTap } from '../../../platform/web/tap.ts'
import styles from './Pads.module.css'

export interface BigKeyProps {
  /** The goal it belongs to, for ears: several of these stand on one pad. */
  readonly of: string
  readonly look?: 'ready' | 'running' | 'paused'
  readonly onTap: () => void
  readonly children: ReactNode
}

export function BigKey({ of, look = 'ready', onTap, children }: BigKeyProps) {
  const tap = useTap(onTap)
  return (
    <button
      {...tap}
      type="button"
      className={styles.big}
      data-running={look === 'running' || undefined}
      data-paused={look === 'paused' || undefined}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault()
      }}
    >
      {children}
      <VisuallyHidden>{` ${of}`}</VisuallyHidden>
    </button>
  )
}
