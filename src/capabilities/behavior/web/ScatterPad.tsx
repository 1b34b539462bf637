/**
 * A scatterplot (domain C15): for each stretch of the day none, some or many. The stretch that runs now, or any one
 * before it; what nobody fills in was not observed, which is not none.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import { useNow } from '../../../platform/web/store/now.ts'
import { minuteOf, minutesIn } from '../../sessions/log.ts'
import type { LogPadProps } from '../../sessions/log-pad.ts'
import { timesOf } from '../grid.ts'
import { useBehaviorLog } from './log.ts'
import styles from './Behavior.module.css'

const MINUTE = 60_000
const CODES = ['0', 'some', 'many'] as const

export default function ScatterPad({ program, initials, day, log: second }: LogPadProps) {
  const { t } = useLingui()
  const { district } = useSession()
  // hours of a bell, not instants: as the reader writes them, without a zone
  const hours = useFormats('UTC')
  const now = useNow(MINUTE)
  const log = useBehaviorLog(program, day, second)
  const [chosen, setChosen] = useState<number | null>(null)
  const { measure, title } = program.body
  if (measure.system !== 'scatterplot') return null
  const clock = (time: string) => hours.clock(`1970-01-01T${time}Z`)
  const times = timesOf(measure).map(clock)
  const minute = minuteOf(new Date(now).toISOString(), district.tz)
  const running = Math.floor((minute - minutesIn(measure.from)) / measure.cell_min) + 1
  const last = Math.min(times.length, running)
  const standing = new Map(
    log.entries.flatMap((entry) => (entry.noun === 'cell' ? [[entry.cell, entry.code] as const] : [])),
  )
  const words = {
    '0': t`none`,
    some: t`some, 1 to ${measure.many_from - 1}`,
    many: t`many, ${measure.many_from} and more`,
  }
  const marks = { '0': '0', some: '·', many: '•••' }
  const begins = clock(measure.from)
  if (last < 1)
    return (
      <p className={styles.figures}>
        <Trans>Begins at {begins}.</Trans>
      </p>
    )
  const cell = chosen ?? last
  const from = times[cell - 1] ?? ''
  return (
    <div className={styles.pad}>
      <ol className={styles.cells} aria-label={t`Stretches of the day`}>
        {times.slice(0, last).map((time, index) => {
          const n = index + 1
          const code = standing.get(n)
          return (
            <li key={time}>
              <button
                type="button"
                className={styles.cell}
                aria-current={n === cell ? 'step' : undefined}
                data-code={code}
                onClick={() => setChosen(n)}
              >
                <VisuallyHidden>{code ? `${time}: ${words[code]}` : t`${time}: not observed`}</VisuallyHidden>
                <small aria-hidden>{time}</small>
                <span aria-hidden>{code ? marks[code] : ''}</span>
              </button>
            </li>
          )
        })}
      </ol>
      <p className={styles.asked}>
        {cell === running ? (
          <Trans>
            Since <strong>{from}</strong>, up to now
          </Trans>
        ) : (
          <Trans>
            From <strong>{from}</strong> on
          </Trans>
        )}
      </p>
      <div className={styles.three}>
        {CODES.map((code) => (
          <button
            key={code}
            type="button"
            className={styles.key}
            aria-pressed={standing.get(cell) === code}
            onClick={() => {
              if (standing.get(cell) !== code)
                log.add('cell', { cell, code }, t`${initials} ${title}, ${from}: ${words[code]}`)
              setChosen(null)
            }}
          >
            <strong aria-hidden>{marks[code]}</strong>
            <span>{words[code]}</span>
          </button>
        ))}
      </div>
    </div>
  )
}
