/**
 * Like weekdays beside each other, closed until asked (domain D.3: behaviors with weekly cycles). What it says is what
 * was recorded; below three points a weekday has no value of its own, and the view says so.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CalendarRange } from 'lucide-react'
import { LEAST_LIKE_DAYS, weekdaysOf, type LikeDays, type Weekdays } from '../weekdays.ts'
import { Disclosure } from './Disclosure.tsx'
import type { Shown } from './GraphCard.tsx'
import { useWeekdayName } from './useWeekdayName.ts'
import { useGraphWords } from './words.ts'
import styles from './GraphCard.module.css'

export default function WeekdayView({ shown }: { shown: Shown }) {
  const { t } = useLingui()
  const found = weekdaysOf(shown.model)
  if (!found) return null
  return (
    <Disclosure icon={CalendarRange} label={t`Like weekdays`}>
      {() => <View shown={shown} found={found} />}
    </Disclosure>
  )
}

interface ViewProps {
  shown: Shown
  found: Weekdays
}

function View({ shown: { model }, found }: ViewProps) {
  const { t } = useLingui()
  const words = useGraphWords()
  const name = useWeekdayName()
  const { unit } = model.axis.y
  const { rows, phases, enough } = found
  const titles = phases.map((index) => {
    const phase = model.phases[index]
    return (phase && words.phase(phase)) || t`Before the first phase`
  })
  return (
    <>
      <p className={styles.note}>
        <Trans>
          Where a week has its own course, Mondays are compared with Mondays. The numbers say how the days
          differed, and not why.
        </Trans>{' '}
        {!enough && (
          <Trans>
            Too little for a comparison yet: two weekdays of this phase need {LEAST_LIKE_DAYS} points each.
          </Trans>
        )}
      </p>
      {found.newest && <Newest newest={found.newest} />}
      <div className={styles.scroll}>
        <table className={styles.numbers}>
          <caption>
            <Trans>Points that count, by the day of the week</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Weekday</Trans>
              </th>
              {titles.map((title, nth) => (
                <th key={nth} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ weekday, days }) => (
              <tr key={weekday}>
                <th scope="row">{name(weekday)}</th>
                {days.map((one, nth) => (
                  <td key={nth}>
                    <Like days={one} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )

  function Like({ days: { n, level } }: { days: LikeDays }) {
    if (level) return words.level({ level, share: null }, unit)
    return (
      <span className={styles.few}>
        {n === 0 ? (
          <Trans>none</Trans>
        ) : (
          <Plural value={n} one="# point, too few" other="# points, too few" />
        )}
      </span>
    )
  }

  function Newest({ newest }: { newest: NonNullable<Weekdays['newest']> }) {
    const day = name(newest.weekday)
    const value = words.value(newest.value, unit)
    const { level, n } = newest.before
    return (
      <p className={styles.note}>
        {level ? (
          <Trans>
            The newest point, {day}: {value}. Like days before it in this phase:{' '}
            {words.level({ level, share: null }, unit)}.
          </Trans>
        ) : (
          <Trans>
            The newest point, {day}: {value}. Like days before it in this phase: {n}, and {LEAST_LIKE_DAYS}{' '}
            are needed to compare.
          </Trans>
        )}
      </p>
    )
  }
}
