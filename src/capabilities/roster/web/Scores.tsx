/**
 * Scores of assessments on a student's page, as the vendors' exports have them, the newest first. Beside the goals and no
 * part of them: a score has no fraction, and its scale is the vendor's. Shows nothing where there is nothing to read.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronDown, CloudOff, LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { StudentScores } from '../people.ts'
import styles from './Scores.module.css'

/** As many as one looks through. */
const SHOWN = 3

export default function Scores({ student }: { student: string }) {
  const { t } = useLingui()
  const { value, status } = useOnline(StudentScores, `/api/students/${student}/scores`)
  const [all, setAll] = useState(false)
  const sets = value?.sets ?? []
  if (sets.length === 0) return null
  return (
    <Card as="section" className={styles.scores} aria-label={t`Scores of assessments`}>
      <h2>
        <Trans>Scores of assessments</Trans>
      </h2>
      {status === 'offline' && (
        <Notice icon={CloudOff}>
          <Trans>No connection right now. This is what was last read.</Trans>
        </Notice>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Score</Trans>
            </th>
            <th scope="col">
              <Trans>Value</Trans>
            </th>
          </tr>
        </thead>
        {(all ? sets : sets.slice(0, SHOWN)).map((set) => (
          <Scored key={set.id} set={set} />
        ))}
      </table>
      {!all && sets.length > SHOWN && (
        <Button icon={ChevronDown} onClick={() => setAll(true)}>
          <Trans>Show all {sets.length}</Trans>
        </Button>
      )}
    </Card>
  )
}

function Scored({ set }: { set: StudentScores['sets'][number] }) {
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const { assessment, period, taken, source, restricted, scores } = set
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={2}>
          <span className={styles.test}>
            {assessment === '' ? source : assessment}
            {restricted && (
              <Tag icon={LockKeyhole}>
                <Trans>Restricted</Trans>
              </Tag>
            )}
          </span>
          <span className={styles.quiet}>
            {taken === null ? (
              <Trans>no date in the file</Trans>
            ) : (
              <time dateTime={taken}>{formats.dateLong(`${taken}T17:00:00Z`)}</time>
            )}
            {period !== null && ` · ${period}`}
            {' · '}
            <Trans>export of {source}</Trans>
          </span>
        </th>
      </tr>
      {scores.map(([name, score]) => (
        <tr key={name}>
          <td>{name}</td>
          <td>{score}</td>
        </tr>
      ))}
    </tbody>
  )
}
