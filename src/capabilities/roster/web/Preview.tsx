/** What would become of every row: numbers, the first people of each change, and what is wrong, file by file. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { findingWords } from '../../../platform/web/i18n/finding.ts'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import type { ImportAnswer } from '../people.ts'
import { CHANGE_WORDS, KIND_WORDS } from './words.ts'
import styles from './Roster.module.css'

/** More findings than a person reads; the others are like them. */
const SHOWN = 100

export function Preview({ answer }: { answer: ImportAnswer }) {
  return (
    <>
      {answer.changes && <Changes changes={answer.changes} />}
      {(answer.facts > 0 || answer.days > 0) && (
        <p>
          <Plural value={answer.facts} one="# fact about a student" other="# facts about students" />,{' '}
          <Plural value={answer.days} one="# school day" other="# school days" />
        </p>
      )}
      {answer.rows.length > 0 && <First rows={answer.rows} />}
      {answer.findings.length > 0 && <Findings findings={answer.findings} />}
      {answer.ignored.length > 0 && (
        <p className={styles.quiet}>
          <Trans>Not used: {answer.ignored.join(', ')}</Trans>
        </p>
      )}
    </>
  )
}

function Changes({ changes }: { changes: NonNullable<ImportAnswer['changes']> }) {
  const { t, i18n } = useLingui()
  return (
    <div className={styles.tableWrap}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>What</Trans>
            </th>
            <th scope="col">{t`new`}</th>
            <th scope="col">{t`changed`}</th>
            <th scope="col">{t`ended`}</th>
            <th scope="col">{t`as before`}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(changes).map(([kind, { added, changed, ended, unchanged }]) => {
            const words = KIND_WORDS[kind]
            return (
              <tr key={kind}>
                <th scope="row">{words ? i18n._(words) : kind}</th>
                <td>{added}</td>
                <td>{changed}</td>
                <td>{ended}</td>
                <td>{unchanged}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function First({ rows }: { rows: ImportAnswer['rows'] }) {
  const { i18n } = useLingui()
  return (
    <>
      <h3>
        <Trans>The first of them</Trans>
      </h3>
      <ul className={styles.rows}>
        {rows.map((row, n) => (
          <li key={n} className={styles.row}>
            <span className={styles.grow}>
              <strong dir="auto">{row.name}</strong>
              <span className={styles.quiet} dir="auto">
                {row.what}
              </span>
            </span>
            <Tag tone={row.change === 'ended' ? 'wait' : 'neutral'}>{i18n._(CHANGE_WORDS[row.change])}</Tag>
          </li>
        ))}
      </ul>
    </>
  )
}

function Findings({ findings }: { findings: ImportAnswer['findings'] }) {
  const { t, i18n } = useLingui()
  // what stops the import comes first
  const ordered = findings.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
  return (
    <>
      <h3>
        <Plural value={findings.length} one="# row to look at" other="# rows to look at" />
      </h3>
      <ul className={styles.findings}>
        {ordered.slice(0, SHOWN).map((finding, n) => (
          <li key={n} className={styles.finding} data-severity={finding.severity}>
            <strong>
              {finding.severity === 'error' ? t`Must be mended` : t`Worth a look`}
              {finding.file !== '' && ` · ${finding.file}`}
              {finding.row > 0 && ` · ${t`row ${finding.row}`}`}
              {finding.field !== null && ` · ${finding.field}`}
            </strong>
            <span>{findingWords(i18n, finding)}</span>
            <code>{finding.code}</code>
          </li>
        ))}
      </ul>
      {findings.length > SHOWN && (
        <p className={styles.quiet}>
          <Trans>Only the first {SHOWN} are shown.</Trans>
        </p>
      )}
    </>
  )
}
