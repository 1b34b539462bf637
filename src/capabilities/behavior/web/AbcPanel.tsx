/**
 * What was recorded before, during and after a behavior, counted (domain C.4). From too few events, or too few days,
 * no table is drawn. The counts show what happened together, not why, and the panel says so.
 */
import type { MessageDescriptor } from '@lingui/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useDevice, useStates } from '../../../platform/web/store/hooks.ts'
import { firstHand } from '../../sessions/log.ts'
import type { LogPanelProps } from '../../progress/log-panel.ts'
import { behaviorView } from '../rules.ts'
import { abcTables, LEAST_DAYS, LEAST_EVENTS, type Tally } from '../tables.ts'
import { ANTECEDENT, CONSEQUENCE, SETTING_EVENT, wordOfBehavior } from './words.ts'
import styles from '../../../platform/web/kit/Panel.module.css'

export default function AbcPanel({ program, body }: LogPanelProps) {
  const { t, i18n } = useLingui()
  const { person } = useDevice()
  const states = useStates(behaviorView, `program:${program}`)
  const logs = firstHand(
    states.map(({ state }) => state),
    person,
  )
  const { events, days, enough, settingEvents, antecedents, consequences, given, hours } = abcTables(logs)
  const own = body.measure.system === 'abc' ? body.measure.behaviors : []
  const word = (words: Readonly<Record<string, MessageDescriptor>>) => (code: string) => {
    const found = words[code]
    return found ? i18n._(found) : code
  }
  if (!enough)
    return (
      <p className={styles.note}>
        <Plural value={events} one="# event" other="# events" />{' '}
        <Plural value={days} one="on # day so far." other="on # days so far." />{' '}
        <Trans>
          Tables are drawn from {LEAST_EVENTS} events on {LEAST_DAYS} days on: fewer say too little.
        </Trans>
      </p>
    )
  return (
    <div className={styles.panel}>
      <p className={styles.note}>
        <strong>
          <Trans>Descriptive counts. They show what happened together, not why.</Trans>
        </strong>{' '}
        <Plural value={events} one="# event" other="# events" />{' '}
        <Plural value={days} one="on # day." other="on # days." />
      </p>
      <div className={styles.tables}>
        {given.map(({ behavior, count, antecedents: before, consequences: after }) => {
          const name = wordOfBehavior(i18n, behavior, own)
          return (
            <section key={behavior} aria-label={name}>
              <h3>
                {name} ({count})
              </h3>
              <Counts caption={t`What came before`} tallies={before} word={word(ANTECEDENT)} />
              <Counts caption={t`What came after`} tallies={after} word={word(CONSEQUENCE)} />
            </section>
          )
        })}
        <section aria-label={t`All events`}>
          <h3>
            <Trans>All events</Trans>
          </h3>
          <Counts caption={t`What came before`} tallies={antecedents} word={word(ANTECEDENT)} />
          <Counts caption={t`What came after`} tallies={consequences} word={word(CONSEQUENCE)} />
          <Counts caption={t`What the day was like`} tallies={settingEvents} word={word(SETTING_EVENT)} />
          <Counts
            caption={t`Time of day`}
            tallies={hours.map(({ hour, count }) => ({ code: String(hour), count, of: events }))}
            word={(hour) =>
              new Intl.DateTimeFormat(i18n.locale, { hour: 'numeric', timeZone: 'UTC' }).format(
                Number(hour) * 3_600_000,
              )
            }
          />
        </section>
      </div>
    </div>
  )
}

interface CountsProps {
  caption: string
  tallies: readonly Tally[]
  word: (code: string) => string
}

/** A share always with its fraction; several codes may stand beside one event, so that shares do not add up to 100 %. */
function Counts({ caption, tallies, word }: CountsProps) {
  const { i18n } = useLingui()
  const percent = new Intl.NumberFormat(i18n.locale, { style: 'percent', maximumFractionDigits: 0 })
  if (tallies.length === 0) return null
  return (
    <table className={styles.counts}>
      <caption>{caption}</caption>
      <tbody>
        {tallies.map(({ code, count, of }) => (
          <tr key={code}>
            <th scope="row">{word(code)}</th>
            <td>
              {count}/{of}
            </td>
            <td>{percent.format(count / of)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
