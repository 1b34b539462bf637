/** The aim line: proposed from the last baseline points, edited by the owner, recorded with how it was found (domain D.1). */
import { Trans, useLingui } from '@lingui/react/macro'
import { Target } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { useDevice, useStates } from '../../../platform/web/store/hooks.ts'
import { goalOf } from '../../progress/goal.ts'
import { aimScale } from '../../progress/unit.ts'
import { importedPointsView } from '../../progress/views.ts'
import { sessionView } from '../../sessions/rules.ts'
import { baselineStart, goalDay } from '../aim.ts'
import { ruleOf, type Working } from '../working.ts'
import { NumberField, TextLine } from './Inputs.tsx'
import { Section } from './Section.tsx'
import { useMe, usePlansOf, type Subject } from './useMine.ts'
import styles from './builder.module.css'

export function AimSection({ subject, working }: { subject: Subject; working: Working }) {
  const { program, student } = subject
  const device = useDevice()
  const me = useMe()
  const plan = usePlansOf(student.id).find((one) => one.program === program)
  const sessions = useStates(sessionView, `program:${program}`)
  const points = useStates(importedPointsView, `program:${program}`)
  if (!plan || !me) return null
  const tz = me.district.tz
  const goal = goalOf({
    plan,
    sessions,
    imported: points.flatMap(({ state }) => state.points),
    decisions: [],
    checks: [],
    schoolDays: me.schoolDays,
    names: {},
    tz,
    viewer: device.person,
  })
  const scale = aimScale(goal.input.program, goal.model.axis.y.unit)
  if (scale === null || goal.model.axis.y.unit.kind === 'source') return null
  const start = baselineStart(goal.model.points)
  const today = dayOf(device.clock.now(), tz)
  const threshold = Number((working.mastery && ruleOf(working.mastery)?.threshold) ?? Number.NaN)
  const proposal = {
    from: start?.from ?? today,
    value: start === null ? null : Math.round((start.value / scale) * 100) / 100,
    of: start?.of.map((value) => Math.round((value / scale) * 100) / 100) ?? [],
    to: goalDay(start?.from ?? today),
    goal: Number.isFinite(threshold) ? threshold : null,
  }
  // another proposal is another form
  return (
    <Form
      key={JSON.stringify(proposal)}
      subject={subject}
      proposal={proposal}
      current={plan.aims.at(-1) ?? null}
    />
  )
}

interface Proposal {
  readonly from: string
  readonly value: number | null
  readonly of: readonly number[]
  readonly to: string
  readonly goal: number | null
}

function Form({
  subject,
  proposal,
  current,
}: {
  subject: Subject
  proposal: Proposal
  current: {
    readonly from: string
    readonly to: string
    readonly from_value: number
    readonly to_value: number
  } | null
}) {
  const { t } = useLingui()
  const act = useAct()
  const [from, setFrom] = useState(proposal.from)
  const [value, setValue] = useState(proposal.value)
  const [to, setTo] = useState(proposal.to)
  const [goal, setGoal] = useState(proposal.goal)
  const listed = proposal.of.join(', ')
  const n = proposal.of.length
  const isProposed = from === proposal.from && value === proposal.value && n > 0
  const isDay = (day: string) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day))
  const ready = isDay(from) && isDay(to) && to > from && value !== null && goal !== null
  const record = () => {
    if (!ready) return
    const basis = isProposed
      ? n === 1
        ? 'the only baseline point'
        : `median of the last ${n} baseline points`
      : 'entered by the owner'
    const aim = {
      kind: 'progress.aim',
      body: { from, from_value: value, to, to_value: goal, basis },
      student: subject.student.id,
      refs: { program: subject.program },
    }
    act({ drafts: [aim], said: t`The aim line is drawn.` })
  }
  const oldFrom = current?.from
  const oldTo = current?.to
  const oldStart = current?.from_value
  const oldGoal = current?.to_value
  return (
    <Section
      id="aim"
      title={t`Aim line`}
      lead={t`From where the student stands to the goal. A new line begins where it is set; the old one stays in gray.`}
    >
      {current && (
        <p className={styles.quiet}>
          <Trans>
            Now: from {oldStart} on {oldFrom} to {oldGoal} on {oldTo}.
          </Trans>
        </p>
      )}
      <p className={styles.quiet}>
        {n === 0 ? (
          <Trans>No baseline session counts yet, so no start is proposed.</Trans>
        ) : (
          <Trans>Proposed start: the median of the last baseline points ({listed}).</Trans>
        )}
      </p>
      <div className={styles.fields}>
        <TextLine label={t`From (day)`} value={from} onChange={setFrom} type="date" />
        <NumberField
          label={t`Start value`}
          value={value}
          onChange={setValue}
          min={0}
          max={100_000}
          fraction
        />
        <TextLine
          label={t`By (day)`}
          value={to}
          onChange={setTo}
          type="date"
          error={isDay(to) && isDay(from) && to <= from ? t`before the start` : undefined}
        />
        <NumberField label={t`Goal value`} value={goal} onChange={setGoal} min={0} max={100_000} fraction />
      </div>
      <div>
        <Button icon={Target} onClick={record} disabled={!ready}>
          <Trans>Draw this aim line</Trans>
        </Button>
      </div>
    </Section>
  )
}
