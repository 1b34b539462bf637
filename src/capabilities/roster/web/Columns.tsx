/** What each column of a list holds: guessed, and corrected here. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { cx } from '../../../platform/web/kit/cx.ts'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { PLAIN_FIELDS, type FileMapping, type PlainField, type PlainMapping } from '../plain-mapping.ts'
import { TEAM_ROLES, type ImportAnswer } from '../people.ts'
import { roleName } from '../../../platform/web/i18n/roles.ts'
import { FIELD_WORDS } from './words.ts'
import styles from './Roster.module.css'

export interface ColumnsProps {
  columns: ImportAnswer['columns']
  onChange: (mapping: PlainMapping) => void
}

const NONE = '—'

export function Columns({ columns, onChange }: ColumnsProps) {
  const { t, i18n } = useLingui()
  const change = (file: string, next: Partial<FileMapping>) => {
    const all = Object.entries(columns).map(([name, { mapping }]) => [
      name,
      name === file ? { ...mapping, ...next } : mapping,
    ])
    onChange(Object.fromEntries(all) as PlainMapping)
  }
  return Object.entries(columns).map(([file, { headers, mapping }]) => (
    <section key={file} className={styles.section} aria-label={file}>
      <h3>
        <Trans>Columns of {file}</Trans>
      </h3>
      <div className={cx(styles.pair, styles.columns)}>
        {PLAIN_FIELDS.map((field) => (
          <Select
            key={field}
            label={i18n._(FIELD_WORDS[field])}
            placeholder={t`not in this file`}
            value={headerOf(mapping, headers, field)}
            options={[
              { value: NONE, label: t`not in this file` },
              ...[...new Set(headers)].filter(Boolean).map((header) => ({ value: header, label: header })),
            ]}
            onChange={(header) => {
              const { [field]: _before, ...others } = mapping.columns
              change(file, { columns: header === NONE ? others : { ...others, [field]: header } })
            }}
          />
        ))}
        {mapping.columns.role === undefined && (
          <Select
            label={t`Who these people are`}
            placeholder={t`Choose who they are`}
            value={mapping.role ?? null}
            options={['student', ...TEAM_ROLES].map((role) => ({ value: role, label: roleName(i18n, role) }))}
            onChange={(role) => change(file, { role })}
          />
        )}
        {mapping.columns.school === undefined && (
          <School value={mapping.school ?? ''} onSet={(school) => change(file, { school })} />
        )}
      </div>
    </section>
  ))
}

/** Taken when the field is left, so that not every letter is asked about. */
function School({ value, onSet }: { value: string; onSet: (school: string) => void }) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(value)
  return (
    <div onBlur={() => typed.trim() !== value && onSet(typed.trim())}>
      <TextField label={t`Their school`} value={typed} onChange={setTyped} />
    </div>
  )
}

function headerOf(mapping: FileMapping, headers: readonly string[], field: PlainField): string | null {
  const column = mapping.columns[field]
  return typeof column === 'number' ? (headers[column - 1] ?? null) : (column ?? null)
}
