/** The flags of a safety card, each with its sign and its words. */
import { useLingui } from '@lingui/react/macro'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import type { SafetyBody } from '../records.ts'
import { FLAGS } from './words.ts'
import styles from './Students.module.css'

export function Flags({ flags }: { flags: SafetyBody['flags'] }) {
  const { i18n } = useLingui()
  if (flags.length === 0) return null
  return (
    <span className={styles.flags}>
      {flags.map((flag) => (
        <Tag key={flag} tone={FLAGS[flag].tone} icon={FLAGS[flag].icon}>
          {i18n._(FLAGS[flag].words)}
        </Tag>
      ))}
    </span>
  )
}
