/**
 * Of a goal of duration, for its owner: in which blocks it goes on, as a share of the time that was watched in each (domain
 * C.3). Of the newest days with sessions, by the school's bell as it lies on the device.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { addDays, type Day } from '../../../platform/core/days.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import panel from '../../../platform/web/kit/Panel.module.css'
import { instantAt } from '../../../platform/web/shell/wall-clock.ts'
import type { Bell } from '../../schedule/model.ts'
import { sharesByBlock, type BlockSpan } from '../by-block.ts'
import type { Goal } from '../goal.ts'
import { useMe } from './held.ts'
import { decidesFor } from './owners.ts'
import { useGraphWords } from './words.ts'
import styles from './ShownWhere.module.css'

/** Days with sessions that are looked at: about a school month. */
const DAYS = 20

export function ByBlock({ goal }: { goal: Goal }) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const words = useGraphWords()
  const bell = me?.bells?.find(({ students }) => students.includes(goal.student))
  if (!bell || goal.version.body.measure.system !== 'duration' || !decidesFor(me, goal.student)) return null
  const sessions = goal.sessions.map(({ state }) => state).filter(({ observedMs }) => observedMs > 0)
  const days = [...new Set(sessions.map(({ day }) => day))].slice(0, DAYS)
  const shares = sharesByBlock(
    sessions.filter(({ day }) => days.includes(day)),
    // an episode may go on after its day
    [...new Set(days.flatMap((day) => [day, addDays(day, 1)]))].flatMap((day) => spansOn(day, bell, goal.tz)),
  )
  // of one block alone there is nothing to compare
  if (shares.filter(({ observedMs }) => observedMs > 0).length < 2) return null
  const minutes = (ms: number) =>
    new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1 }).format(ms / 60_000)
  return (
    <Card as="section" aria-label={t`By block`}>
      <div className={styles.scroll}>
        <table className={panel.counts}>
          <caption>
            <Trans>By block</Trans> · <Trans>share of the time that was watched in it</Trans> ·{' '}
            {days.length === 1 ? <Trans>the last day</Trans> : <Trans>the last {days.length} days</Trans>}
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Block</Trans>
              </th>
              <th scope="col">
                <Trans>Share</Trans>
              </th>
              <th scope="col">
                <Trans>Minutes of minutes watched</Trans>
              </th>
              <th scope="col">
                <Trans>Episodes begun</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {shares.map(({ code, name, ms, observedMs, episodes }) => (
              <tr key={code ?? ''}>
                <th scope="row">{code === null ? <Trans>outside of blocks</Trans> : name}</th>
                <td>{observedMs === 0 ? '–' : words.value((100 * ms) / observedMs, { kind: 'percent' })}</td>
                <td>
                  {minutes(ms)} / {minutes(observedMs)}
                </td>
                <td>{episodes}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>
        <Trans>
          An episode that goes on over the bell is one episode of the block in which it began; its minutes
          count in each block. A session with pauses counts in its first block.
        </Trans>
      </p>
    </Card>
  )
}

/** The blocks of a day by the bell that rang on it. All of a day are as far from UTC as its noon. */
function spansOn(day: Day, { blocks, variants }: Bell, tz: string): BlockSpan[] {
  const variant = variants[day] ?? 'regular'
  const noon = instantAt(`${day}T12:00`, tz)
  if (noon === null) return []
  const at = (time: string) => noon + Date.parse(`${day}T${time}Z`) - Date.parse(`${day}T12:00Z`)
  return blocks.flatMap(({ code, name, start, end, variant: of }) =>
    of === variant ? [{ code, name, from: at(start), to: at(end) }] : [],
  )
}
