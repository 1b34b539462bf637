/** What a graph leaves out and what it draws over the data: only what there is to choose from. */
import { useLingui } from '@lingui/react/macro'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Switch } from '../../../platform/web/kit/Switch.tsx'
import type { Choices, Choosing } from '../choose.ts'
import { TREND_METHODS, type TrendMethod } from '../stats/trend.ts'
import type { Lines } from './GoalGraph.tsx'
import { useMethodNames } from './stretch-words.ts'
import { useWeekdayName } from './useWeekdayName.ts'
import styles from './GraphCard.module.css'

interface GraphOptionsProps {
  choices: Choices
  choosing: Choosing
  onChoose: (choosing: Choosing) => void
  lines: Lines
  onLines: (lines: Lines) => void
  names: Readonly<Record<string, string>>
}

const ANYBODY = ''

export default function GraphOptions({
  choices,
  choosing,
  onChoose,
  lines,
  onLines,
  names,
}: GraphOptionsProps) {
  const { t } = useLingui()
  const methods = useMethodNames()
  const weekdayName = useWeekdayName()
  const people = choices.by.filter((person) => names[person] !== undefined)
  return (
    <div className={styles.options}>
      {people.length > 1 && (
        <Select
          label={t`Run by`}
          placeholder=""
          options={[
            { value: ANYBODY, label: t`Everybody` },
            ...people.map((person) => ({ value: person, label: names[person] ?? '' })),
          ]}
          value={choosing.by ?? ANYBODY}
          onChange={(by) => onChoose({ ...choosing, by: by === ANYBODY ? null : by })}
        />
      )}
      {choices.settings.length > 1 && (
        <Select
          label={t`Where`}
          placeholder=""
          options={[
            { value: ANYBODY, label: t`Everywhere` },
            ...choices.settings.map((setting) => ({ value: setting, label: setting })),
          ]}
          value={choosing.setting ?? ANYBODY}
          onChange={(setting) => onChoose({ ...choosing, setting: setting === ANYBODY ? null : setting })}
        />
      )}
      {choices.substitutes && (
        <Select<Choosing['substitutes']>
          label={t`Substitutes`}
          placeholder=""
          options={[
            { value: 'with', label: t`With substitutes` },
            { value: 'without', label: t`Without substitutes` },
            { value: 'only', label: t`Substitutes only` },
          ]}
          value={choosing.substitutes}
          onChange={(substitutes) => onChoose({ ...choosing, substitutes })}
        />
      )}
      {choices.times && (
        <Select<Choosing['time']>
          label={t`Time of day`}
          placeholder=""
          options={[
            { value: 'any', label: t`All day` },
            { value: 'morning', label: t`Before noon` },
            { value: 'afternoon', label: t`From noon on` },
          ]}
          value={choosing.time}
          onChange={(time) => onChoose({ ...choosing, time })}
        />
      )}
      {choices.weekdays.length > 0 && (
        <Select
          label={t`Day of the week`}
          placeholder=""
          options={[
            { value: ANYBODY, label: t`Every day` },
            ...choices.weekdays.map((day) => ({ value: String(day), label: weekdayName(day) })),
          ]}
          value={choosing.weekday === null ? ANYBODY : String(choosing.weekday)}
          onChange={(day) => onChoose({ ...choosing, weekday: day === ANYBODY ? null : Number(day) })}
        />
      )}
      <Select<TrendMethod | 'none'>
        label={t`Trend line`}
        placeholder=""
        options={[
          { value: 'none', label: t`None` },
          ...TREND_METHODS.map((value) => ({ value, label: methods[value] })),
        ]}
        value={lines.trend ?? 'none'}
        onChange={(trend) => onLines({ ...lines, trend: trend === 'none' ? null : trend })}
      />
      {choices.twice && (
        <Switch
          label={t`One point a day`}
          description={t`Sessions of a day are put together; percentages are never averaged`}
          on={choosing.daily}
          onChange={(daily) => onChoose({ ...choosing, daily })}
        />
      )}
      <Switch label={t`Level (median)`} on={lines.level} onChange={(level) => onLines({ ...lines, level })} />
      <Switch
        label={t`Variability`}
        description={t`Median distance of the points from the level`}
        on={lines.spread}
        onChange={(spread) => onLines({ ...lines, spread })}
      />
    </div>
  )
}
