/**
 * Before a program is published: what changes, what follows from it, and the phase line that goes with it. A changed
 * definition or measurement forces a major line; any other change may have a minor one (domain D.4).
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleAlert, Info } from 'lucide-react'
import { useState } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import type { Draft } from '../../../platform/web/store/draft.ts'
import { useDevice, useFromDevice } from '../../../platform/web/store/hooks.ts'
import { programOf } from '../../sessions/program.ts'
import type { PhaseBody, ProgramBody } from '../../sessions/records.ts'
import { changesOf, forcesPhase } from '../diff.ts'
import { Changes } from './Changes.tsx'
import { SelectField, TextLine } from './Inputs.tsx'
import { useMe, type Subject } from './useMine.ts'
import styles from './builder.module.css'

type Condition = PhaseBody['condition']

export interface PublishSheetProps {
  readonly subject: Subject
  readonly body: ProgramBody
  readonly onClose: () => void
  readonly onPublished: () => void
}

export function PublishSheet({ subject, body, onClose, onPublished }: PublishSheetProps) {
  const { t } = useLingui()
  const { program, student, history } = subject
  const device = useDevice()
  const act = useAct()
  const me = useMe()
  const { standing } = history
  const day = dayOf(device.clock.now(), me?.district.tz ?? 'UTC')
  const changes = standing ? changesOf(standing.body, body) : []
  const forced = standing !== null && forcesPhase(changes, body.measure)
  const current = useFromDevice((from) => conditionNow(from.records(planPartition(from)), day))
  const [line, setLine] = useState<'none' | 'minor' | 'major'>(standing ? 'none' : 'major')
  const [condition, setCondition] = useState<Condition>(standing ? (current ?? 'intervention') : 'baseline')
  const [typed, setTyped] = useState<string | null>(null)
  const [why, setWhy] = useState('')
  const [asked, setAsked] = useState(false)
  const major = forced || line === 'major'
  const drawn = forced || line !== 'none'
  const proposed = standing ? t`New definition` : condition === 'baseline' ? t`Baseline` : t`Teaching`
  const label = typed ?? (forced || !standing ? proposed : '')
  const isLacking = drawn && (label.trim() === '' || (forced && why.trim() === ''))
  const number = body.number

  const publish = () => {
    setAsked(true)
    if (isLacking) return
    const record = (kind: string, content: object, refs: { readonly [name: string]: string }) => ({
      kind,
      body: JSON.parse(JSON.stringify(content)) as Draft['body'],
      student: student.id,
      refs,
    })
    const phase: PhaseBody = {
      label: label.trim().slice(0, 80),
      condition,
      from: day,
      major,
      why: why.trim().slice(0, 300),
    }
    act({
      drafts: [
        record('sessions.program', body, { program, ...(standing ? { base: standing.id } : {}) }),
        ...(drawn ? [record('sessions.phase', phase, { program })] : []),
      ],
      said: t`Version ${number} is published.`,
    })
    onPublished()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={standing ? t`Publish version ${number}` : t`Publish this program`}
      actions={
        <Button variant="primary" onClick={publish} disabled={standing !== null && changes.length === 0}>
          {t`Publish`}
        </Button>
      }
    >
      {standing && changes.length === 0 && (
        <p>
          <Trans>Nothing differs from the version in use.</Trans>
        </p>
      )}
      {standing && changes.length > 0 && <Changes changes={changes} before={standing.body} after={body} />}
      <Notice icon={Info}>
        {standing ? (
          <Trans>
            It holds from the next session that is started. Sessions that run now keep the version they began
            with.
          </Trans>
        ) : (
          <Trans>It holds from the first session that is started. The team gets it with the next sync.</Trans>
        )}
      </Notice>
      {forced && (
        <Notice tone="wait" icon={CircleAlert}>
          <Trans>
            The definition or the measurement changes: old and new data must not share a line. A phase line is
            drawn, with its reason.
          </Trans>
        </Notice>
      )}
      {(!standing || changes.length > 0) && (
        <div className={styles.phase}>
          {!forced && standing && (
            <SelectField
              label={t`A line on the graph`}
              value={line}
              options={[
                { value: 'none', label: t({ message: 'none', context: 'line on the graph' }) },
                { value: 'minor', label: t`a dashed one: the data go on` },
                { value: 'major', label: t`a solid one: a new phase` },
              ]}
              onChange={setLine}
            />
          )}
          {!standing && (
            <SelectField
              label={t`It begins with`}
              value={line === 'none' ? 'none' : condition}
              options={[
                { value: 'baseline', label: t`baseline: no prompts, no error correction` },
                { value: 'intervention', label: t`teaching at once` },
                { value: 'none', label: t`no phase yet` },
              ]}
              onChange={(next) => {
                setLine(next === 'none' ? 'none' : 'major')
                if (next !== 'none') setCondition(next as Condition)
              }}
            />
          )}
          {drawn && (
            <>
              <TextLine
                label={t`Label of the line`}
                value={label}
                onChange={setTyped}
                error={asked && label.trim() === '' ? t`still needed` : undefined}
              />
              {standing && (
                <>
                  <SelectField
                    label={t`What begins here`}
                    value={condition}
                    options={[
                      { value: 'baseline', label: t`baseline` },
                      { value: 'intervention', label: t`teaching` },
                      { value: 'modified', label: t`teaching, changed` },
                      { value: 'maintenance', label: t`maintenance` },
                      { value: 'generalization', label: t`generalization` },
                      { value: 'probe', label: t`probe` },
                    ]}
                    onChange={setCondition}
                  />
                  <TextLine
                    label={t`Reason`}
                    value={why}
                    onChange={setWhy}
                    error={asked && forced && why.trim() === '' ? t`still needed` : undefined}
                  />
                </>
              )}
            </>
          )}
        </div>
      )}
    </Dialog>
  )

  function planPartition(from: typeof device): string {
    return from.partitionOf({ kind: 'sessions.program', student: student.id, refs: { program } }) ?? ''
  }
}

/** The condition that the plan is in on a day; null while nobody recorded one. */
function conditionNow(records: Parameters<typeof programOf>[0], day: string): Condition | null {
  return programOf(records, day)?.phase?.condition ?? null
}
