/**
 * Meals on the page of their goal (domain C19, C.5): what each came to, under which version of the plan, and what had
 * to stop it. Shares of meals are shown and never averaged.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { TriangleAlert } from 'lucide-react'
import type { Day } from '../../../platform/core/days.ts'
import panel from '../../../platform/web/kit/Panel.module.css'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useDevice, useStates } from '../../../platform/web/store/hooks.ts'
import type { LogPanelProps } from '../../progress/log-panel.ts'
import { partitionOfProgram } from '../../sessions/program.ts'
import { feedingDay } from '../days.ts'
import { careView, type CareLog, type Meal } from '../rules.ts'
import { newestDays } from './panel-days.ts'
import { HELP, MEAL, SAFETY } from './words.ts'

/** Days with a record. */
const DAYS = 20

export default function MealPanel({ program, tz }: LogPanelProps) {
  const { t, i18n } = useLingui()
  const formats = useFormats(tz)
  const versionOf = useVersions(program)
  const logs = useStates(careView, `program:${program}`).map(({ state }) => state)
  const days = newestDays(logs, DAYS)
  if (days.length === 0)
    return (
      <p className={panel.note}>
        <Trans>Nothing is recorded yet. Whoever is with the student logs it on the pad.</Trans>
      </p>
    )
  const meals = mealsOf(logs, days)
  return (
    <div className={panel.panel}>
      <Safety logs={logs} days={days} meals={meals.length} />
      <div className={panel.scroll} tabIndex={0} role="region" aria-label={t`Meals`}>
        <table className={panel.wide}>
          <caption>
            <Trans>Meals, newest first</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">{t`When`}</th>
              <th scope="col">{t`Meal`}</th>
              <th scope="col">{t`What stopped it`}</th>
              <th scope="col">{t`Eaten`}</th>
              <th scope="col">{t`Fluids`}</th>
              <th scope="col">{t`Minutes`}</th>
              <th scope="col">{t`Refusals`}</th>
              <th scope="col">{t`Help`}</th>
              <th scope="col">{t`Plan`}</th>
            </tr>
          </thead>
          <tbody>
            {meals.toReversed().map((meal) => {
              const { eaten, fluid_ml: fluid } = meal
              const number = versionOf(meal.id)
              return (
                <tr key={meal.id}>
                  <th scope="row">{formats.dateTime(meal.at)}</th>
                  <td>{i18n._(MEAL[meal.meal])}</td>
                  <td>
                    {meal.safety.map((event) => (
                      <Tag key={event} tone="danger" icon={TriangleAlert}>
                        {i18n._(SAFETY[event])}
                      </Tag>
                    ))}
                  </td>
                  {/* what nobody said yet is no 0 */}
                  <td>{eaten === undefined ? '–' : `${eaten} %`}</td>
                  <td>{fluid === undefined ? '–' : t`${fluid} mL`}</td>
                  <td>{meal.minutes ?? '–'}</td>
                  <td>{meal.refusals ?? '–'}</td>
                  <td>{meal.help === undefined ? '–' : i18n._(HELP[meal.help])}</td>
                  <td>{number === null ? '–' : t`version ${number}`}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** How often a meal had to be stopped, and for what. */
function Safety({ logs, days, meals }: { logs: readonly CareLog[]; days: readonly Day[]; meals: number }) {
  const { i18n } = useLingui()
  const counts = new Map<keyof typeof SAFETY, number>()
  for (const day of days)
    for (const { event, count } of feedingDay(logs, day)?.safety ?? [])
      counts.set(event, (counts.get(event) ?? 0) + count)
  const said = [...counts].map(([event, count]) => `${i18n._(SAFETY[event])}: ${count}`).join(' · ')
  return (
    <p className={panel.note}>
      <strong>
        <Plural value={meals} one="# meal" other="# meals" />{' '}
        <Plural value={days.length} one="on # day." other="on # days." />
      </strong>{' '}
      {said === '' ? <Trans>None had to be stopped.</Trans> : said}
    </p>
  )
}

/** The number of the plan's version that a meal was given under; null when it is not here. */
function useVersions(program: string): (meal: string) => number | null {
  const device = useDevice()
  const states = useStates(careView, `program:${program}`)
  const versions = new Map<string, string>()
  for (const { partition } of states)
    for (const { id, refs } of device.records(partition))
      if (refs['version'] !== undefined) versions.set(id, refs['version'])
  const student = states[0]?.state.student
  const plan = student === undefined ? null : partitionOfProgram(device, program, [student])
  const numbers = new Map(
    (plan === null ? [] : device.records(plan)).map(({ id, body }) => [id, body['number']]),
  )
  return (meal) => {
    const number = numbers.get(versions.get(meal) ?? '')
    return typeof number === 'number' ? number : null
  }
}

function mealsOf(logs: readonly CareLog[], days: readonly Day[]): Meal[] {
  return logs
    .flatMap((log) => log.entries)
    .filter((entry) => entry.noun === 'feeding')
    .filter(({ day }) => days.includes(day))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))
}
