/**
 * Links inside the app. Paths come from the capabilities' own lists (router/screen.ts), so they are plain
 * strings here. A path holds ids only: never a name, never initials.
 */
import { Link as RouterLink } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonClass, ButtonContent, type ButtonLook } from './Button.tsx'
import { cx } from './cx.ts'

export interface LinkProps {
  /** A path like `/goals/$program`; `params` fills what begins with `$`. */
  to: string
  params?: Readonly<Record<string, string>> | undefined
  search?: Readonly<Record<string, string>> | undefined
  className?: string | undefined
  /** Its name where the words alone do not say it. */
  label?: string | undefined
  children: ReactNode
}

/** A plain link. It says `aria-current="page"` while its page is open. */
export function Link({ to, params, search, className, label, children }: LinkProps) {
  return (
    <RouterLink to={to} params={params ?? {}} search={search ?? {}} className={className} aria-label={label}>
      {children}
    </RouterLink>
  )
}

export interface ButtonLinkProps extends LinkProps, ButtonLook {
  icon?: LucideIcon | undefined
}

/** A link that looks like a button: it goes somewhere, a button does something. */
export function ButtonLink({ variant, size, wide, icon, className, children, ...link }: ButtonLinkProps) {
  return (
    <Link {...link} className={cx(buttonClass({ variant, size, wide }), className)}>
      <ButtonContent icon={icon}>{children}</ButtonContent>
    </Link>
  )
}
