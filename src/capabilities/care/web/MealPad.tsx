/**
 * Meals under a feeding plan (domain C19, C.5). Without a signed plan that holds today nobody feeds, and nothing can be
 * logged. The safety event is one tap away, always: it stops the meal and calls the nurse.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ClipboardList, OctagonX, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '../../../platform/web/auth/session.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { minuteOf } from '../../sessions/log.ts'
import type { LogPadProps } from '../../sessions/log-pad.ts'
import { planProblem } from '../agreement.ts'
import type { FeedingBody } from '../records.ts'
import { useCareLog } from './log.ts'
import { mealAt, MealSheet } from './MealSheet.tsx'
import { StopCard } from './StopCard.tsx'
import styles from './Care.module.css'

export default function MealPad({ program, initials, day }: LogPadProps) {
  const { t } = useLingui()
  const { district } = useSession()
  const formats = useFormats(district.tz)
  const log = useCareLog(program, day)
  const [open, setOpen] = useState<'meal' | 'stop' | null>(null)
  /** A meal whose numbers are still to be said. */
  const [stopped, setStopped] = useState<{ record: string; seen: FeedingBody['safety'] } | null>(null)
  const device = useDevice()
  const { measure } = program.body
  if (measure.system !== 'feeding') return null
  const problem = planProblem(measure, day)
  if (problem !== null)
    return (
      <Notice tone="wait" icon={TriangleAlert}>
        {problem === 'run_out' ? (
          <Trans>
            The plan ran out on {formats.dateShort(`${measure.valid_until}T18:00:00Z`)}. Do not feed; ask the
            nurse or whoever signed it.
          </Trans>
        ) : (
          <Trans>The plan is not signed. Do not feed; ask the nurse.</Trans>
        )}
      </Notice>
    )
  const last = log.entries.at(-1)
  return (
    <div className={styles.pad}>
      <dl className={styles.plan}>
        <div>
          <dt>
            <Trans>Food · drink</Trans>
          </dt>
          <dd>
            {measure.texture} · {measure.liquid}
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Position</Trans>
          </dt>
          <dd>{measure.position}</dd>
        </div>
      </dl>
      <div className={styles.two}>
        <Button size="pad" icon={ClipboardList} onClick={() => setOpen('meal')}>
          <Trans>Log care</Trans>
        </Button>
        <Button variant="danger" size="pad" icon={OctagonX} onClick={() => setOpen('stop')}>
          <Trans>Safety event</Trans>
        </Button>
      </div>
      {last && (
        <p className={styles.figures}>
          <span>
            <Plural value={log.entries.length} one="# today" other="# today" />
            {' · '}
            <Trans>last at {formats.time(last.at)}</Trans>
          </span>
        </p>
      )}
      {open === 'meal' && (
        <MealSheet
          initials={initials}
          onClose={() => setOpen(null)}
          onKeep={(body) => log.add('feeding', { ...body, safety: [] }, t`${initials}: care logged`)}
          onSafety={() => setOpen('stop')}
        />
      )}
      {open === 'stop' && (
        <StopCard
          initials={initials}
          onSeen={(safety, before) => {
            const meal = mealAt(minuteOf(new Date(device.clock.now()).toISOString(), district.tz))
            const said = t`${initials}: safety event recorded`
            return log.add('feeding', { meal, safety }, said, before ?? undefined)
          }}
          onDone={(record, seen) => {
            setStopped(record === null ? null : { record, seen })
            setOpen(null)
          }}
        />
      )}
      {stopped && (
        <MealSheet
          initials={initials}
          isStopped
          onClose={() => setStopped(null)}
          onKeep={(body) =>
            log.add('feeding', { ...body, safety: stopped.seen }, t`${initials}: care logged`, stopped.record)
          }
          onSafety={() => setOpen('stop')}
        />
      )}
    </div>
  )
}
