/** The rule that evaluates the criterion: a sentence with its numbers in place, beside the IEP's own words (domain D.6). */
import { Trans, useLingui } from '@lingui/react/macro'
import { BookOpen, CircleAlert, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { checkRule, isPercent } from '../../sessions/mastery.ts'
import { parseRule, printRule } from '../../sessions/mastery-text.ts'
import { metricOf, type LooseMeasure } from '../fields.ts'
import { readWorking, ruleOf, type LooseRule, type Working } from '../working.ts'
import { CellsField } from './CellsField.tsx'
import { useBuilding } from './context.ts'
import { Check, InlineSelect, NumberBox, TextLine } from './Inputs.tsx'
import { Section } from './Section.tsx'
import { namesOf, useMe, type Subject } from './useMine.ts'
import { metricName, ruleProblemWords } from './words.ts'
import styles from './builder.module.css'

export function MasterySection({ subject }: { subject: Subject }) {
  const { t } = useLingui()
  const { working, change } = useBuilding()
  const { mastery, measure, criterion } = working
  const metric = measure && metricOf(measure)
  return (
    <Section
      id="mastery"
      title={t`When it is mastered`}
      lead={t`The rule watches for the criterion and tells you; you decide.`}
    >
      <blockquote className={styles.iep}>
        <span className={styles.legend}>
          <Trans>Criterion in the IEP</Trans>
        </span>
        <p>{criterion.trim() === '' ? <Trans>Not written yet.</Trans> : criterion}</p>
      </blockquote>
      {measure && metric === null ? (
        <p className={styles.quiet}>
          <Trans>This measurement is a log. It has no rule of mastery.</Trans>
        </p>
      ) : null}
      {mastery ? (
        <Rule rule={mastery} measure={measure} subject={subject} />
      ) : (
        measure &&
        metric !== null && (
          <Button icon={Plus} onClick={() => change({ mastery: firstRule(working, metric) })}>
            {t`Write a rule`}
          </Button>
        )
      )}
    </Section>
  )
}

/** 80 % suits no skill better than another; it is where most criteria stand, and the note beside it says more. */
function firstRule({ direction }: Working, metric: string): LooseRule {
  const cmp = direction === 'increase' ? '>=' : '<='
  const threshold = isPercent(metric) ? (direction === 'increase' ? '80' : '20') : ''
  const rule = { metric, cmp, threshold, run: { k: 3, of: null, unit: 'sessions' }, min_staff: 2 }
  const read = readWorking({ mastery: rule }).mastery
  if (!read) throw new Error('a rule that cannot be read')
  return read
}

interface RuleProps {
  rule: LooseRule
  measure: LooseMeasure | null
  subject: Subject
}

function Rule({ rule, measure, subject }: RuleProps) {
  const { t, i18n } = useLingui()
  const { working, change } = useBuilding()
  const put = (patch: Partial<LooseRule>) => change({ mastery: { ...rule, ...patch } })
  const run = (patch: Partial<LooseRule['run']>) => put({ run: { ...rule.run, ...patch } })
  const complete = ruleOf(rule)
  const metric = (measure && metricOf(measure)) ?? rule.metric
  const prompts = (measure?.['prompts'] ?? null) as { levels: { code: string; label: string }[] } | null
  const levels = prompts?.levels ?? []
  const planned = Number(measure?.['planned'])
  const problems = complete
    ? checkRule(complete, {
        metrics: [metric],
        levels: levels.map(({ code }) => code),
        materials: working.materials,
        ...(planned > 0 ? { planned } : {}),
      })
    : []
  const isDays = rule.run.unit === 'days'
  return (
    <>
      <div className={styles.sentence} data-testid="rule">
        <InlineSelect
          label={t`Direction of the rule`}
          value={rule.cmp}
          options={[
            { value: '>=', label: t`at least` },
            { value: '<=', label: t`at most` },
          ]}
          onChange={(cmp) => put({ cmp })}
        />
        <NumberBox
          label={t`Threshold`}
          fraction
          value={rule.threshold === '' || rule.threshold.includes('/') ? null : Number(rule.threshold)}
          onChange={(value) => put({ threshold: value === null ? '' : String(value) })}
        />
        <span>{metricName(i18n, rule.metric)}</span>
        <span>{isDays ? t`on` : t`in`}</span>
        <NumberBox label={t`How many`} value={rule.run.k} onChange={(k) => run({ k })} />
        {rule.run.of !== null && (
          <>
            <span>{t`of the last`}</span>
            <NumberBox
              label={t`Of the last`}
              value={rule.run.of}
              onChange={(of) => run({ of: of ?? rule.run.k })}
            />
          </>
        )}
        <InlineSelect
          label={t`Sessions or days`}
          value={rule.run.unit}
          options={[
            { value: 'sessions', label: t`sessions` },
            { value: 'days', label: t`school days` },
          ]}
          onChange={(unit) => run({ unit })}
        />
        <InlineSelect
          label={t`In a row or of the last`}
          value={rule.run.of === null ? 'row' : 'of'}
          options={[
            { value: 'row', label: t`in a row` },
            { value: 'of', label: t`not all in a row` },
          ]}
          onChange={(shape) => run({ of: shape === 'row' ? null : (rule.run.k ?? 3) + 2 })}
        />
      </div>
      <ul className={styles.clauses} aria-label={t`With`}>
        <Clause
          value={rule.min_staff}
          onChange={(min_staff) => put({ min_staff })}
          label={t`different people`}
        />
        <Clause
          value={rule.min_trials}
          onChange={(min_trials) => put({ min_trials })}
          label={t`trials or more in each`}
        />
        <Clause
          value={rule.min_settings}
          onChange={(min_settings) => put({ min_settings })}
          label={t`different settings`}
        />
        {!isDays && (
          <Clause
            value={rule.min_days}
            onChange={(min_days) => put({ min_days })}
            label={t`different days`}
          />
        )}
        <Clause
          value={rule.within_days}
          onChange={(within_days) => put({ within_days })}
          label={t`school days at most for all of it`}
        />
        {isDays && (
          <Clause
            value={rule.min_observed}
            onChange={(min_observed) => put({ min_observed })}
            label={t`% of the day watched, at least`}
          />
        )}
      </ul>
      <p className={styles.quiet}>
        <Trans>
          An empty box asks for nothing. Without “different days”, each session must be on its own day.
        </Trans>
      </p>
      {levels.length > 0 && (
        <div className={styles.sentence}>
          <span>{t`Counts as correct:`}</span>
          <InlineSelect
            label={t`Counts as correct`}
            value={rule.at_prompt ?? ''}
            options={[
              { value: '', label: t`alone` },
              ...levels.map(({ code, label }) => ({ value: code, label: t`${label}, or less help` })),
            ]}
            onChange={(level) => put({ at_prompt: level === '' ? null : level })}
          />
        </div>
      )}
      <Check
        label={t`One of them must be a cold probe`}
        on={rule.cold_probe}
        onChange={(cold_probe) => put({ cold_probe })}
      />
      <Check
        label={t`A substitute counts as a different person`}
        on={rule.count_subs}
        onChange={(count_subs) => put({ count_subs })}
      />
      <CellsField cells={rule.cells} onChange={(cells) => put({ cells })} subject={subject} />
      {problems.map((problem, n) => (
        <Notice key={n} tone="wait" icon={CircleAlert} announce>
          {ruleProblemWords(i18n, problem)}
        </Notice>
      ))}
      {!complete && (
        <Notice tone="wait" icon={CircleAlert}>
          <Trans>The rule is not complete: a number is missing.</Trans>
        </Notice>
      )}
      <Text rule={rule} onRule={(next) => change({ mastery: next })} />
      {isPercent(rule.metric) && rule.cmp === '>=' && (
        <Notice
          icon={BookOpen}
          action={
            <Button
              onClick={() => put({ threshold: '90', run: { k: 3, of: null, unit: rule.run.unit } })}
            >{t`Use 90 % × 3`}</Button>
          }
        >
          <Trans>
            In research, skills taught to 80 % were often not kept up, and skills taught to 90 % or more were.
            For a skill that others build on, consider 90 % in 3 sessions in a row.
          </Trans>
        </Notice>
      )}
      <div>
        <Button variant="ghost" onClick={() => change({ mastery: null })}>{t`Take the rule out`}</Button>
      </div>
    </>
  )
}

function Clause({
  label,
  value,
  onChange,
}: {
  label: string
  value: number | null
  onChange: (value: number | null) => void
}) {
  return (
    <li className={styles.sentence}>
      <NumberBox label={label} value={value} onChange={onChange} />
      <span>{label}</span>
    </li>
  )
}

/** The same rule as one line of text, for who would rather write it. */
function Text({ rule, onRule }: { rule: LooseRule; onRule: (rule: LooseRule) => void }) {
  const { t } = useLingui()
  const names = namesOf(useMe())
  const complete = ruleOf(rule)
  const printed = complete ? printRule(complete, names) : ''
  const [typed, setTyped] = useState<string | null>(null)
  const read = typed === null ? null : parseRule(typed, names)
  const problem = read && 'problem' in read ? read.problem : null
  const expected = problem?.expected.join(', ') ?? ''
  const found = problem?.found ?? ''
  const words = !problem
    ? undefined
    : problem.kind === 'said_twice'
      ? t`“${found}” is said twice.`
      : found === ''
        ? t`More is needed: ${expected}.`
        : t`“${found}” cannot stand there. Expected: ${expected}.`
  return (
    <div className={styles.ruleText}>
      <TextLine
        label={t`The rule as text`}
        value={typed ?? printed}
        onChange={(text) => {
          const parsed = parseRule(text, names)
          const next = 'rule' in parsed ? readWorking({ mastery: parsed.rule }).mastery : null
          if (next) onRule(next)
          setTyped(next ? null : text)
        }}
        error={words}
      />
      {problem && (
        <Button variant="ghost" onClick={() => setTyped(null)}>{t`Back to the sentence above`}</Button>
      )}
    </div>
  )
}
