/**
 * Buttons. A plain <button>: a capture pad made of anything heavier loses taps on a slow phone (docs/adr/0006).
 * `size="pad"` is the 56-px target of capture surfaces.
 */
import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import styles from './Button.module.css'

export interface ButtonLook {
  /** `primary`: the one act of a screen. `danger`: danger to a child, nothing else. */
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger' | undefined
  size?: 'm' | 'pad' | undefined
  /** As wide as its place. */
  wide?: boolean | undefined
}

export interface ButtonProps extends ButtonLook, ButtonHTMLAttributes<HTMLButtonElement> {
  icon?: LucideIcon | undefined
  /** The act is under way: the button keeps its place and its focus, says so, and takes no second press. */
  busy?: boolean | undefined
  ref?: Ref<HTMLButtonElement> | undefined
}

export function Button({
  variant,
  size,
  wide,
  icon,
  busy,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(buttonClass({ variant, size, wide }), className)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      <ButtonContent icon={icon}>{children}</ButtonContent>
    </button>
  )
}

export interface IconButtonProps extends Omit<ButtonLook, 'wide'>, ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon
  /** What it does, in words: its accessible name and its tooltip. */
  label: string
  ref?: Ref<HTMLButtonElement> | undefined
}

export function IconButton({
  icon: Icon,
  label,
  variant = 'ghost',
  size,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(buttonClass({ variant, size }), styles.square, className)}
      aria-label={label}
      title={label}
    >
      <Icon size={20} aria-hidden />
    </button>
  )
}

/** The look of a button, for links that act like one. */
export function buttonClass({ variant = 'secondary', size = 'm', wide = false }: ButtonLook): string {
  return cx(
    styles.button,
    variant !== 'secondary' && styles[variant],
    size === 'pad' && styles.pad,
    wide && styles.wide,
  )
}

/** Icon and words of a button. */
export function ButtonContent({
  icon: Icon,
  children,
}: {
  icon?: LucideIcon | undefined
  children: ReactNode
}) {
  return (
    <>
      {Icon && <Icon size={20} aria-hidden />}
      {children}
    </>
  )
}
