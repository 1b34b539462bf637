/** What a change of the calendar would leave without its place, by what it is, said before it is saved. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CheckCheck, TriangleAlert } from 'lucide-react'
import type { Previewed } from '../wire.ts'
import { FINDINGS, UNSERVED_WHAT } from './calendar-words.ts'
import styles from './Calendar.module.css'

export function CalendarUnserved({ preview }: { preview: Previewed }) {
  const { i18n } = useLingui()
  const { findings, unserved, initials } = preview
  if (findings.length > 0)
    return (
      <div role="alert">
        <ul className={styles.findings}>
          {findings.map((one) => (
            <li key={`${one.block} ${one.code}`}>
              <Trans>Line {one.block + 1}:</Trans> {i18n._(FINDINGS[one.code] ?? { id: one.code })}{' '}
              {one.other !== null && `(${one.other})`}
            </li>
          ))}
        </ul>
      </div>
    )
  if (unserved.length === 0)
    return (
      <p className={styles.fine} role="status">
        <CheckCheck size={20} aria-hidden />
        <Trans>Everything that is owed keeps its place.</Trans>
      </p>
    )
  return (
    <section className={styles.unserved} role="status">
      <h3>
        <TriangleAlert size={20} aria-hidden />
        <Plural value={unserved.length} one="# thing loses its place" other="# things lose their place" />
      </h3>
      <ul>
        {unserved.map((one) => (
          <li key={`${one.type} ${one.id} ${one.code}`}>
            <strong>
              {[
                i18n._(UNSERVED_WHAT[one.what]),
                one.students.map((student) => initials[student] ?? '').join(' '),
                one.code,
                one.type,
              ]
                .filter(Boolean)
                .join(' · ')}
            </strong>
            <span>
              {one.reason === 'no_block' && <Trans>its block does not take place</Trans>}
              {one.reason === 'shorter' && (
                <Trans>
                  {one.missing} of {one.minutes} min are missing
                </Trans>
              )}
              {one.reason === 'nobody' && <Trans>no adult is planned</Trans>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
