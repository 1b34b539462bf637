/**
 * Visits to the toilet on the page of their goal (domain C18): what each day came to, at which hours, and how much help
 * each step took. For the team that may read it; nothing here is drawn as a graph of one number.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Day } from '../../../platform/core/days.ts'
import panel from '../../../platform/web/kit/Panel.module.css'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useDevice, useStates } from '../../../platform/web/store/hooks.ts'
import { firstHand } from '../../sessions/log.ts'
import type { LogPanelProps } from '../../progress/log-panel.ts'
import { stepHelp, toiletingDay, visitsByHour, type VisitSign } from '../days.ts'
import { careView, type CareLog } from '../rules.ts'
import { newestDays, noon } from './panel-days.ts'
import { HELP, STEP } from './words.ts'

/** Days with a record, side by side. */
const DAYS = 10

const SIGNS: Readonly<Record<VisitSign, string>> = {
  success: '●',
  nothing: '○',
  refused: '–',
  accident: '▲',
  check: '✓',
}

export default function VisitPanel({ program, tz }: LogPanelProps) {
  const { person } = useDevice()
  const states = useStates(careView, `program:${program}`)
  const logs = firstHand(
    states.map(({ state }) => state),
    person,
  )
  const days = newestDays(logs, DAYS)
  if (days.length === 0)
    return (
      <p className={panel.note}>
        <Trans>Nothing is recorded yet. Whoever is with the student logs it on the pad.</Trans>
      </p>
    )
  return (
    <div className={panel.panel}>
      <ByDay logs={logs} days={days} tz={tz} />
      <ByHour logs={logs} days={days} tz={tz} />
      <BySteps logs={logs} days={days} />
    </div>
  )
}

interface PartProps {
  logs: readonly CareLog[]
  /** Ascending. */
  days: readonly Day[]
  tz: string
}

function ByDay({ logs, days, tz }: PartProps) {
  const { t } = useLingui()
  const formats = useFormats(tz)
  return (
    <div className={panel.scroll} tabIndex={0} role="region" aria-label={t`Day by day`}>
      <table className={panel.wide}>
        <caption>
          <Trans>Day by day</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t`Day`}</th>
            <th scope="col">{t`Scheduled visits with a result`}</th>
            <th scope="col">{t`Student asked`}</th>
            <th scope="col">{t`Accidents`}</th>
            <th scope="col">{t`Dry in between, median`}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => {
            const came = toiletingDay(logs, day)
            const dry = came?.dryInterval
            const minutes = dry ? formats.number(dry.numerator / dry.denominator, 1) : ''
            return (
              <tr key={day}>
                <th scope="row">{formats.dateShort(noon(day))}</th>
                <td>{came?.successes ? `${came.successes.numerator}/${came.successes.denominator}` : '–'}</td>
                <td>{came?.initiations}</td>
                <td>{came?.accidents}</td>
                <td>{dry ? t`${minutes} min` : '–'}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function ByHour({ logs, days, tz }: PartProps) {
  const { t, i18n } = useLingui()
  const formats = useFormats(tz)
  const words: Readonly<Record<VisitSign, string>> = {
    success: t`in the toilet`,
    nothing: t`nothing`,
    refused: t`refused`,
    accident: t`accident`,
    check: t`dry check`,
  }
  const hour = new Intl.DateTimeFormat(i18n.locale, { hour: 'numeric', timeZone: 'UTC' })
  return (
    <>
      <div className={panel.scroll} tabIndex={0} role="region" aria-label={t`Hours by days`}>
        <table className={panel.grid}>
          <caption>
            <Trans>Hours by days</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">{t`Time`}</th>
              {days.map((day) => (
                <th key={day} scope="col">
                  {formats.dateShort(noon(day))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {visitsByHour(logs, days).map((row) => (
              <tr key={row.hour}>
                <th scope="row">{hour.format(row.hour * 3_600_000)}</th>
                {row.cells.map((signs, column) => (
                  <td key={days[column]}>
                    <span aria-hidden>{signs.map((sign) => SIGNS[sign]).join(' ')}</span>
                    <span className={panel.spoken}>
                      {signs.length === 0 ? t`nobody went` : signs.map((sign) => words[sign]).join(', ')}
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={panel.note}>
        {(Object.keys(SIGNS) as VisitSign[]).map((sign) => `${SIGNS[sign]} ${words[sign]}`).join(' · ')}
      </p>
    </>
  )
}

function BySteps({ logs, days }: Pick<PartProps, 'logs' | 'days'>) {
  const { t, i18n } = useLingui()
  const percent = new Intl.NumberFormat(i18n.locale, { style: 'percent', maximumFractionDigits: 0 })
  const steps = stepHelp(logs, days)
  if (steps.length === 0) return null
  return (
    <div className={panel.scroll} tabIndex={0} role="region" aria-label={t`Help by step`}>
      <table className={panel.wide}>
        <caption>
          <Plural value={days.length} one="Help by step, # day" other="Help by step, # days" />
        </caption>
        <thead>
          <tr>
            <th scope="col">{t`Step`}</th>
            <th scope="col">{i18n._(HELP.independent)}</th>
            <th scope="col">{i18n._(HELP.verbal)}</th>
            <th scope="col">{i18n._(HELP.physical)}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ step, independent, verbal, physical }) => {
            const all = independent + verbal + physical
            return (
              <tr key={step}>
                <th scope="row">{i18n._(STEP[step])}</th>
                <td>
                  {independent}/{all} = {percent.format(independent / all)}
                </td>
                <td>{verbal}</td>
                <td>{physical}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
