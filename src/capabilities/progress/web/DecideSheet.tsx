/** The reason of a decision: one of those often given, or one's own words. Either records the decision. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAct } from '../../../platform/web/act.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import type { Goal } from '../goal.ts'
import type { Proposal } from '../proposals.ts'
import type { DecisionBody, Verdict } from '../records.ts'
import { COMMON, TITLES, VERDICT_WORDS } from './decision-words.tsx'
import styles from './Decisions.module.css'

/** As many points as a record takes; a decision about more rests on the newest of them. */
const MOST_POINTS = 60
const MOST_WORDS = 300

interface DecideSheetProps {
  goal: Goal
  proposal: Proposal
  verdict: Verdict
  onClose: () => void
}

export function DecideSheet({ goal, proposal, verdict, onClose }: DecideSheetProps) {
  const { i18n, t } = useLingui()
  const act = useAct()
  const [own, setOwn] = useState('')
  const title = i18n._(VERDICT_WORDS[verdict])
  const decide = (reason: string) => {
    const body: DecisionBody = {
      proposal: proposal.kind,
      key: proposal.key,
      verdict,
      reason: reason.slice(0, MOST_WORDS),
      points: proposal.points.slice(-MOST_POINTS),
    }
    const about = { student: goal.student, refs: { program: goal.program } }
    act({
      drafts: [{ ...about, kind: 'progress.decision', body }],
      said: t`Decided: ${title}`,
      undo: (made) =>
        made.map(({ id }) => ({
          ...about,
          kind: 'progress.void',
          body: {},
          replaces: id,
          reason: 'mis_tap',
        })),
    })
    onClose()
  }
  const words = own.trim()
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <Button variant="primary" disabled={words === ''} onClick={() => decide(words)}>
          <Trans>Save with these words</Trans>
        </Button>
      }
    >
      <div className={styles.sheet}>
        <p>
          {i18n._(TITLES[proposal.kind])}. <Trans>Why do you decide so?</Trans>
        </p>
        <div className={styles.chips}>
          {COMMON[verdict].map((reason) => {
            const text = i18n._(reason)
            return (
              <Button key={text} onClick={() => decide(text)}>
                {text}
              </Button>
            )
          })}
        </div>
        <TextField label={t`In your own words`} value={own} onChange={setOwn} />
      </div>
    </Dialog>
  )
}
