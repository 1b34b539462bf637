/** What is told only to who asks: a button, and below it what it opens. Its content is made when it is open. */
import type { LucideIcon } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import styles from './GraphCard.module.css'

interface DisclosureProps {
  icon: LucideIcon
  label: string
  children: () => ReactNode
}

export function Disclosure({ icon, label, children }: DisclosureProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <div className={styles.disclosure}>
      <Button
        variant="ghost"
        icon={icon}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {label}
      </Button>
      <div id={id} hidden={!open}>
        {open && children()}
      </div>
    </div>
  )
}
