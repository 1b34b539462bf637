/** The table beside a drawing, closed until asked: every chart has its table. */
import { Trans } from '@lingui/react/macro'
import { Table2 } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import styles from './GoalGraph.module.css'

interface FigureTableProps {
  caption: string
  headings: readonly string[]
  rows: readonly { key: string; cells: readonly string[] }[]
}

export function FigureTable({ caption, headings, rows }: FigureTableProps) {
  const [open, setOpen] = useState(false)
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
          <thead>
            <tr>
              {headings.map((heading, nth) => (
                <th key={nth} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells: [first, ...rest] }) => (
              <tr key={key}>
                <th scope="row">{first}</th>
                {rest.map((cell, nth) => (
                  <td key={nth}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
