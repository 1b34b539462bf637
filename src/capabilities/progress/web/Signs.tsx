/** The key of a drawing: each sign as it is drawn, and what it means. */
import { useLingui } from '@lingui/react/macro'
import { SIGN, type Sign } from '../key.ts'
import { inside } from './Drawing.tsx'
import styles from './GoalGraph.module.css'

export function Signs({ signs }: { signs: readonly Sign[] }) {
  const { t } = useLingui()
  if (signs.length === 0) return null
  return (
    <ul className={styles.key} aria-label={t`Key`}>
      {signs.map(({ primitives, words }) => (
        <li key={words}>
          <svg
            width={SIGN.width}
            height={SIGN.height}
            aria-hidden
            dangerouslySetInnerHTML={inside(primitives)}
          />
          {words}
        </li>
      ))}
    </ul>
  )
}
