/** What differs between two versions, field by field: struck out before, marked after; lists by their entries. */
import { useLingui } from '@lingui/react/macro'
import type { Json } from '../../../platform/core/canonical.ts'
import type { ProgramBody } from '../../sessions/records.ts'
import type { Change } from '../diff.ts'
import type { LooseMeasure } from '../fields.ts'
import { namesOf, useMe } from './useMine.ts'
import { fieldName, valueWords } from './words.ts'
import styles from './builder.module.css'

interface ChangesProps {
  readonly changes: readonly Change[]
  readonly before: ProgramBody
  readonly after: ProgramBody
}

export function Changes({ changes, before, after }: ChangesProps) {
  const { t, i18n } = useLingui()
  const names = namesOf(useMe())
  return (
    <dl className={styles.changes} aria-label={t`Changes`}>
      {changes.map((change) => {
        const old = partsOf(change.before, (value) =>
          valueWords(i18n, change.key, value, loose(before), names),
        )
        const now = partsOf(change.after, (value) => valueWords(i18n, change.key, value, loose(after), names))
        return (
          <div key={change.key}>
            <dt>{fieldName(i18n, change.key, loose(after))}</dt>
            <dd>
              {old
                .filter((one) => !now.includes(one))
                .map((one) => (
                  <del key={one}>{one}</del>
                ))}
              {now
                .filter((one) => !old.includes(one))
                .map((one) => (
                  <ins key={one}>{one}</ins>
                ))}
              {old.every((one) => now.includes(one)) && now.every((one) => old.includes(one)) && (
                <span>{t`in another order`}</span>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** Entries of a plain list one by one; everything else as one. */
function partsOf(value: Json, words: (value: Json) => string): string[] {
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string')
  return isList ? value.map(String) : [words(value)]
}

const loose = (body: ProgramBody) => body.measure as unknown as LooseMeasure
