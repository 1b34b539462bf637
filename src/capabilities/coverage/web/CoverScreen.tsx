/**
 * The coordinator's board of a day: who is away, what that needs, who could cover and why, what nobody does and who answers
 * for it, and who knows. A plan is looked for by itself as soon as somebody is away; one tap approves it.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import {
  CalendarClock,
  Check,
  CircleAlert,
  CloudOff,
  GraduationCap,
  RefreshCw,
  Unplug,
  UserRoundPlus,
  UsersRound,
} from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import type { z } from 'zod'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { ask, Refused } from '../../../platform/web/http.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { Notice } from '../../../platform/web/kit/Notice.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useToasts } from '../../../platform/web/kit/Toast.tsx'
import { useOnline } from '../../../platform/web/online.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { Absence, CoverBoard, Done } from '../wire.ts'
import { AwaySheet } from './AwaySheet.tsx'
import { Needs, Notices, Reds } from './Lists.tsx'
import { Steps, Times } from './Steps.tsx'
import { Students } from './Students.tsx'
import { CHANGED } from './words.ts'
import styles from './cover.module.css'

export default function CoverScreen() {
  const { t, i18n } = useLingui()
  const formats = useFormats('UTC')
  const toasts = useToasts()
  const [school, setSchool] = useState<string | null>(null)
  const [day, setDay] = useState<string | null>(null)
  const query = new URLSearchParams({ ...(school && { school }), ...(day && { day }) })
  const { value: board, status, again } = useOnline(CoverBoard, `/api/coverage?${query}`)
  const [busy, setBusy] = useState<'plan' | 'approve' | null>(null)
  const [failed, setFailed] = useState<'server' | 'no plan' | 'changed' | null>(null)
  const [adding, setAdding] = useState(false)

  const act = async (what: 'plan' | 'approve', work: () => Promise<unknown>) => {
    setBusy(what)
    setFailed(null)
    try {
      await work()
    } catch (error) {
      const code = error instanceof Refused ? error.code : ''
      setFailed(
        code === 'coverage.no_plan' ? 'no plan' : code === 'coverage.day_changed' ? 'changed' : 'server',
      )
    }
    await again()
    setBusy(null)
  }
  const look = async () => {
    if (!board?.school) return
    const body = { id: uuidv7(Date.now()), school: board.school, day: board.day }
    await act('plan', () => ask(Done, '/api/coverage/plans', { method: 'POST', body }))
  }
  const lookByItself = useEffectEvent(() => void look())
  const isWanted = status === 'fresh' && board !== null && board.away.length > 0 && board.plan === null
  useEffect(() => {
    if (!isWanted) return
    const soon = setTimeout(lookByItself)
    return () => clearTimeout(soon)
  }, [isWanted, board?.day, board?.school])

  const plan = board?.plan ?? null
  const approve = () =>
    act('approve', async () => {
      await ask(Done, `/api/coverage/plans/${plan?.id}/approve`, { method: 'POST', body: {} })
      toasts.show({ text: t`Approved. Everybody concerned sees it now.` })
    })
  const isOpen = plan?.status === 'proposed' && plan.stale.length === 0
  return (
    <Page width="wide">
      <PageHeader
        title={t`Coverage`}
        subtitle={board && formats.dateLong(`${board.day}T12:00:00Z`)}
        actions={
          <>
            <ButtonLink to="/coverage/training" icon={GraduationCap}>
              <Trans>Training</Trans>
            </ButtonLink>
            <ButtonLink to="/coverage/hours" icon={CalendarClock}>
              <Trans>Working hours</Trans>
            </ButtonLink>
          </>
        }
      />
      {board && (
        <div className={styles.row}>
          {board.schools.length > 1 && (
            <Select
              label={t`School`}
              options={board.schools.map(({ id, name }) => ({ value: id, label: name }))}
              value={board.school}
              onChange={setSchool}
              placeholder={t`Choose a school`}
            />
          )}
          <Select
            label={t`Day`}
            options={[...new Set([...board.days, board.day])]
              .toSorted()
              .map((one) => ({ value: one, label: formats.dateLong(`${one}T12:00:00Z`) }))}
            value={board.day}
            onChange={setDay}
            placeholder={t`Choose a day`}
          />
        </div>
      )}
      {status === 'offline' && (
        <Notice icon={board ? CloudOff : Unplug}>
          <Trans>No connection right now. Cover is planned on the school’s server.</Trans>
        </Notice>
      )}
      {status === 'asking' && (
        <p className={styles.quiet} role="status">
          <Trans>Asking the school’s server …</Trans>
        </p>
      )}
      {failed && (
        <Notice tone="wait" icon={CircleAlert} announce>
          {failed === 'no plan' && (
            <Trans>No plan was found in time. Assign by hand below; nothing has changed.</Trans>
          )}
          {failed === 'changed' && (
            <Trans>The day has changed since this plan was made. Plan it again.</Trans>
          )}
          {failed === 'server' && (
            <Trans>That did not reach the school’s server. Nothing has changed; try again.</Trans>
          )}
        </Notice>
      )}
      {board && (
        <div className={styles.panes} data-plan={plan !== null}>
          <div className={styles.stack}>
            <Away board={board} onAdd={() => setAdding(true)} onDone={() => void again()} />
            {plan && <Needs board={board} needs={plan.proposal.needs} />}
            {plan?.status === 'approved' && <Notices board={board} notices={plan.notices} />}
            <Breaks board={board} />
          </div>
          <div className={styles.stack}>
            {busy === 'plan' && (
              <p className={styles.quiet} role="status">
                <Trans>Looking for who can cover …</Trans>
              </p>
            )}
            {plan && (
              <>
                <PlanHead plan={plan} />
                {plan.stale.length > 0 && (
                  <Notice tone="wait" icon={RefreshCw}>
                    <Trans>Changed since then:</Trans>{' '}
                    {plan.stale.map((part) => (CHANGED[part] ? i18n._(CHANGED[part]) : part)).join(', ')}
                  </Notice>
                )}
                <Reds board={board} red={plan.proposal.red} lapsed={plan.proposal.lapsed} />
                <Steps board={board} plan={plan} onChanged={() => void again()} />
              </>
            )}
            {(board.away.length > 0 || plan !== null || board.breaks.noRelief.length > 0) && (
              <div className={isOpen ? styles.approve : undefined}>
                {isOpen ? (
                  <Button
                    variant="primary"
                    size="pad"
                    wide
                    icon={Check}
                    busy={busy !== null}
                    onClick={() => void approve()}
                  >
                    <Trans>Approve</Trans>
                  </Button>
                ) : (
                  <Button wide icon={RefreshCw} busy={busy !== null} onClick={() => void look()}>
                    {plan ? <Trans>Plan again</Trans> : <Trans>Find cover</Trans>}
                  </Button>
                )}
              </div>
            )}
          </div>
        </div>
      )}
      {adding && board?.school && (
        <AwaySheet
          board={board}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false)
            void again()
          }}
        />
      )}
    </Page>
  )
}

function PlanHead({ plan }: { plan: NonNullable<CoverBoard['plan']> }) {
  return (
    <div className={styles.row}>
      <h2 className={styles.grow}>
        {plan.status === 'approved' ? <Trans>The plan</Trans> : <Trans>Proposal</Trans>}
      </h2>
      {plan.status === 'approved' ? (
        <Tag tone="ok" icon={Check}>
          <Trans>Approved</Trans>
        </Tag>
      ) : (
        <Tag tone="wait">
          <Trans>Not approved yet</Trans>
        </Tag>
      )}
      {plan.prepared && (
        <Tag>
          <Trans>Prepared ahead</Trans>
        </Tag>
      )}
    </div>
  )
}

function Away({ board, onAdd, onDone }: { board: CoverBoard; onAdd: () => void; onDone: () => void }) {
  const { t } = useLingui()
  const [busy, setBusy] = useState(false)
  const withdraw = async ({ id }: z.infer<typeof Absence>) => {
    setBusy(true)
    await ask(Absence, `/api/coverage/absences/${id}/withdraw`, { method: 'POST', body: {} }).catch(() => {})
    setBusy(false)
    onDone()
  }
  return (
    <Card as="section" className={styles.stack}>
      <h2>
        <Trans>Away</Trans>
      </h2>
      {board.away.length === 0 ? (
        <EmptyState icon={UsersRound} title={t`Everybody is here`}>
          <p>
            <Trans>When somebody calls out, a plan is looked for by itself and waits here for you.</Trans>
          </p>
        </EmptyState>
      ) : (
        <ul className={styles.lines}>
          {board.away.map((one) => (
            <li key={one.id} className={styles.row}>
              <div className={styles.grow}>
                <p className={styles.title}>{board.names[one.person]}</p>
                <p className={styles.quiet}>
                  {one.start === null && one.end === null ? (
                    <Trans>All day</Trans>
                  ) : (
                    `${one.start ?? ''}–${one.end ?? ''}`
                  )}
                  {one.reason !== '' && ` · ${one.reason}`}
                </p>
              </div>
              <Button variant="ghost" busy={busy} onClick={() => void withdraw(one)}>
                <Trans>Comes after all</Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button icon={UserRoundPlus} onClick={onAdd}>
        <Trans>Somebody is away</Trans>
      </Button>
    </Card>
  )
}

/** Whose day has no duty-free meal, whose students nobody has during a break, and minutes of breaks that are owed. */
function Breaks({ board }: { board: CoverBoard }) {
  const { noMeal, noRelief } = board.breaks
  if (noMeal.length === 0 && noRelief.length === 0 && board.missed.length === 0) return null
  return (
    <Card as="section" className={styles.stack}>
      <h2>
        <Trans>Breaks</Trans>
      </h2>
      {noMeal.length > 0 && (
        <Notice tone="wait" icon={CircleAlert}>
          <Trans>No duty-free meal in the day of:</Trans> {noMeal.map((id) => board.names[id]).join(', ')}
        </Notice>
      )}
      {noRelief.length > 0 && (
        <>
          <Notice tone="wait" icon={CircleAlert}>
            <Trans>Nobody who may is with these students while their adult has a break:</Trans>
          </Notice>
          <ul className={styles.lines}>
            {noRelief.map((one) => (
              <li key={`${one.person} ${one.start}`} className={styles.row}>
                <Times part={one} />
                <span className={styles.grow}>
                  {board.names[one.person]}{' '}
                  <span className={styles.quiet}>
                    {one.off === 'meal' ? <Trans>Duty-free meal</Trans> : <Trans>Rest</Trans>}
                  </span>
                </span>
                <Students ids={one.students} students={board.students} />
              </li>
            ))}
          </ul>
        </>
      )}
      {board.missed.length > 0 && (
        <ul className={styles.lines}>
          {board.missed.map(({ person, minutes }) => (
            <li key={person} className={styles.row}>
              <span className={styles.grow}>{board.names[person]}</span>
              <span className={styles.time}>
                <Trans>{minutes} min owed</Trans>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
