/** The way to a document on paper: the server makes it, in a window of its own. */
import { useLingui } from '@lingui/react/macro'
import { Printer } from 'lucide-react'
import { buttonClass } from '../../../platform/web/kit/Button.tsx'

export function PaperLink({ href }: { href: `/api/${string}` }) {
  const { t } = useLingui()
  const words = t`Print (PDF)`
  return (
    <a
      className={buttonClass({ variant: 'primary', size: 'pad' })}
      href={href}
      target="_blank"
      rel="noreferrer"
      aria-label={words}
    >
      <Printer size={20} aria-hidden />
      {words}
    </a>
  )
}
