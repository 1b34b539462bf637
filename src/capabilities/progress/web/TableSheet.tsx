/** The table beside a drawing, closed until asked: every chart has its table. It scrolls within itself, by keyboard too. */
import { Trans } from '@lingui/react/macro'
import { Table2 } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import styles from './GoalGraph.module.css'

interface TableSheetProps {
  caption: string
  /** Open from the beginning. */
  open?: boolean
  /** Head and body of the table. Its rows are on the page only while it is open. */
  children: ReactNode
  /** Below the table. */
  after?: ReactNode
}

export function TableSheet({ caption, open: openAtFirst = false, children, after }: TableSheetProps) {
  const [open, setOpen] = useState(openAtFirst)
  const id = useId()
  return (
    <div className={styles.sheet}>
      <Button
        variant="ghost"
        icon={Table2}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {open ? <Trans>Hide table</Trans> : <Trans>Show table</Trans>}
      </Button>
      <div id={id} className={styles.scroll} hidden={!open} tabIndex={0} role="region" aria-label={caption}>
        <table className={styles.table}>
          <caption>{caption}</caption>
          {open && children}
        </table>
        {open && after}
      </div>
    </div>
  )
}
