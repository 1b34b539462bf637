/**
 * Six digits by thumb, keyboard or switch. There is no field, so no browser offers to keep them; what was pressed is
 * shown as dots and said as a number of digits. Calls `onPin` with the sixth, and begins anew.
 */
import { useLingui } from '@lingui/react/macro'
import { Delete } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { PIN_LENGTH } from '../../../records/pins.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { cx } from '../../kit/cx.ts'
import { VisuallyHidden } from '../../kit/VisuallyHidden.tsx'
import styles from './Keypad.module.css'

export interface KeypadProps {
  /** What is asked, for a screen reader. */
  label: string
  /** An answer is awaited: presses count for nothing. */
  busy: boolean
  onPin: (pin: string) => void
}

export function Keypad({ label, busy, onPin }: KeypadProps) {
  const { t } = useLingui()
  const [pin, setPin] = useState('')
  const group = useRef<HTMLDivElement>(null)
  const press = (digit: string) => {
    if (busy) return
    const next = pin + digit
    setPin(next.length < PIN_LENGTH ? next : '')
    if (next.length === PIN_LENGTH) onPin(next)
  }
  const erase = () => setPin(pin.slice(0, -1))
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (/^[0-9]$/.test(event.key)) press(event.key)
    else if (event.key === 'Backspace') erase()
  })
  useEffect(() => {
    group.current?.focus()
    const listen = (event: KeyboardEvent) => onKey(event)
    document.addEventListener('keydown', listen, { capture: true })
    return () => document.removeEventListener('keydown', listen, { capture: true })
  }, [])
  const filled = busy ? PIN_LENGTH : pin.length
  return (
    <div ref={group} role="group" aria-label={label} tabIndex={-1} className={styles.pad} dir="ltr">
      <div className={styles.dots} aria-hidden>
        {Array.from({ length: PIN_LENGTH }, (_, n) => (
          <span key={n} className={cx(styles.dot, n < filled && styles.filled)} />
        ))}
      </div>
      <VisuallyHidden>
        <span role="status">{t`${filled} of ${PIN_LENGTH} digits`}</span>
      </VisuallyHidden>
      {['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'].map((digit) => (
        <Button
          key={digit}
          size="pad"
          className={cx(styles.key, digit === '0' && styles.zero)}
          onClick={() => press(digit)}
        >
          {digit}
        </Button>
      ))}
      <IconButton
        icon={Delete}
        label={t`Erase the last digit`}
        size="pad"
        className={styles.key}
        onClick={erase}
      />
    </div>
  )
}
