/**
 * A scatterplot (domain C15): times of the day by days, each cell none, some, many or not observed. Signs differ in
 * shape and not only in shade; what nobody filled in is empty, which is not none.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useDevice, useStates } from '../../../platform/web/store/hooks.ts'
import { firstHand } from '../../sessions/log.ts'
import type { LogPanelProps } from '../../progress/log-panel.ts'
import { gridOf, type CellCode } from '../grid.ts'
import { behaviorView } from '../rules.ts'
import styles from '../../../platform/web/kit/Panel.module.css'

/** School days side by side. */
const DAYS = 20

const SIGNS: Readonly<Record<CellCode, string>> = { '0': '○', some: '◐', many: '●' }

export default function GridPanel({ program, body, schoolDays }: LogPanelProps) {
  const { t, i18n } = useLingui()
  const { person } = useDevice()
  const states = useStates(behaviorView, `program:${program}`)
  const logs = firstHand(
    states.map(({ state }) => state),
    person,
  )
  // hours of a bell, not instants: as the reader writes them, without a zone
  const hours = useFormats('UTC')
  const { measure } = body
  if (measure.system !== 'scatterplot') return null
  const recorded = logs.flatMap((log) => log.entries.map((entry) => entry.day)).sort()
  const newest = recorded.at(-1)
  if (newest === undefined)
    return (
      <p className={styles.note}>
        <Trans>Nothing is recorded yet. Whoever is with the student fills in the day on the pad.</Trans>
      </p>
    )
  const days = [...new Set([...schoolDays, ...recorded])]
    .filter((day) => day <= newest)
    .sort()
    .slice(-DAYS)
  const { times, cells } = gridOf(measure, logs, days)
  const date = new Intl.DateTimeFormat(i18n.locale, { timeZone: 'UTC', month: 'numeric', day: 'numeric' })
  const words: Readonly<Record<CellCode, string>> = {
    '0': t`none`,
    some: t`some, 1 to ${measure.many_from - 1}`,
    many: t`many, ${measure.many_from} and more`,
  }
  const differing = cells.flat().filter((cell) => cell.differs).length
  return (
    <div className={styles.panel}>
      <div
        ref={showNewest}
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label={t`Times of the day by days`}
      >
        <table className={styles.grid}>
          <caption>
            <Trans>Times of the day by days</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Time</Trans>
              </th>
              {days.map((day) => (
                <th key={day} scope="col">
                  {date.format(new Date(`${day}T12:00:00Z`))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {times.map((time, row) => (
              <tr key={time}>
                <th scope="row">{hours.clock(`1970-01-01T${time}Z`)}</th>
                {days.map((day, column) => {
                  const { code = null, differs = false } = cells[row]?.[column] ?? {}
                  return (
                    <td key={day} data-differs={differs || undefined}>
                      <span aria-hidden>{code === null ? '' : SIGNS[code]}</span>
                      <span className={styles.spoken}>{code === null ? t`not observed` : words[code]}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>
        {(['0', 'some', 'many'] as const).map((code) => `${SIGNS[code]} ${words[code]}`).join(' · ')} ·{' '}
        <Trans>empty: not observed</Trans>
        {differing > 0 && (
          <>
            {' · '}
            <Plural
              value={differing}
              one="# cell in a frame: two observers do not say the same"
              other="# cells in a frame: two observers do not say the same"
            />
          </>
        )}
      </p>
    </div>
  )
}

/** The newest day stands at the end, and is what somebody comes to look at. */
function showNewest(box: HTMLElement | null): void {
  if (box) box.scrollLeft = box.scrollWidth
}
