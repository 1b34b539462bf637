/** One step of the builder: a title, a sentence that says what belongs here, its fields. */
import type { ReactNode } from 'react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import styles from './builder.module.css'

export interface SectionProps {
  readonly id: string
  readonly title: string
  readonly lead?: string
  readonly children: ReactNode
}

export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <Card as="section" id={id} className={styles.section} aria-labelledby={`${id}-title`}>
      <div className={styles.sectionHead}>
        <h2 id={`${id}-title`} tabIndex={-1}>
          {title}
        </h2>
        {lead !== undefined && <p>{lead}</p>}
      </div>
      {children}
    </Card>
  )
}
