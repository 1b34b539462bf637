/**
 * "What changed since you last worked with this child": each plan that this person has not read in the version that
 * stands, line by line against the version they read last, and one tap to say that they have.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Check, CircleMinus, CirclePlus, RefreshCw } from 'lucide-react'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { VisuallyHidden } from '../../../platform/web/kit/VisuallyHidden.tsx'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import type { MyStudent } from '../../schedule/model.ts'
import type { Change } from '../diff.ts'
import { IMPLEMENTERS, unreadOf, type Plans, type Unread } from '../plans.ts'
import { nameOf, useMe } from './hooks.ts'
import { lineWords, placeWords, WHAT } from './plan-words.ts'
import styles from './plans.module.css'

export function News({ student, plans }: { student: MyStudent; plans: Plans }) {
  const { t } = useLingui()
  const me = useMe()
  const act = useAct()
  // before the first whole pull nothing says who has read what
  const isFilled = useFromDevice((device) => device.status().lastSynced !== null)
  if (!me || !isFilled || !IMPLEMENTERS.includes(student.role)) return null
  const unread = unreadOf(plans, me.person.id)
  if (unread.length === 0) return null
  const isNew = unread.every(({ changes }) => changes === null)
  const read = () =>
    act({
      drafts: unread.map(({ what, id }) => ({
        kind: 'students.ack',
        student: student.id,
        refs: { of: id },
        body: { what },
      })),
      said: t`${student.initials}: read`,
    })
  return (
    <Card as="section" className={styles.news} aria-labelledby="news">
      <h2 id="news">
        {isNew ? (
          <Trans>New to you: read this page</Trans>
        ) : (
          <Trans>What changed since you last worked with this student</Trans>
        )}
      </h2>
      {unread.map((one) => (
        <Part key={one.id} unread={one} />
      ))}
      <Button variant="primary" size="pad" wide icon={Check} onClick={read}>
        <Trans>I have read this</Trans>
      </Button>
    </Card>
  )
}

function Part({ unread: { what, author, at, number, changes } }: { unread: Unread }) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const formats = useFormats(me?.district.tz ?? 'UTC')
  const by = nameOf(me, author)
  const day = formats.dateShort(at)
  return (
    <div className={styles.part}>
      <h3>
        {i18n._(WHAT[what])} <span className={styles.quiet}>{t`version ${number}`}</span>
      </h3>
      <p className={styles.quiet}>{by === null ? day : `${by}, ${day}`}</p>
      {changes === null ? (
        <p>
          <Trans>You have not read it before. It stands below.</Trans>
        </p>
      ) : changes.length === 0 ? (
        <p>
          <Trans>Published again without a change.</Trans>
        </p>
      ) : (
        <ul className={styles.changes}>
          {changes.map((change) => (
            <ChangeLine key={`${change.at} ${change.text}`} change={change} />
          ))}
        </ul>
      )}
    </div>
  )
}

const SIGN = { added: CirclePlus, removed: CircleMinus, changed: RefreshCw } as const

function ChangeLine({ change }: { change: Change }) {
  const { t, i18n } = useLingui()
  const Sign = SIGN[change.is]
  const is = { added: t`New`, removed: t`No longer`, changed: t`Changed` }[change.is]
  const words = lineWords(i18n, change)
  return (
    <li data-is={change.is}>
      <Sign size={18} aria-hidden />
      <span>
        <span className={styles.label}>
          {is} · {placeWords(i18n, change.at)}
        </span>
        {change.is === 'changed' && change.at !== 'sound' && (
          <del>
            <VisuallyHidden>
              <Trans>before:</Trans>{' '}
            </VisuallyHidden>
            {lineWords(i18n, { at: change.at, text: change.before })}
          </del>
        )}
        {change.is === 'removed' ? <del>{words}</del> : <span>{words}</span>}
      </span>
    </li>
  )
}

/** How much is new, for a list. */
export function HowMuch({ unread }: { unread: readonly Pick<Unread, 'changes'>[] }) {
  const changes = unread.reduce((sum, one) => sum + (one.changes?.length ?? 0), 0)
  if (unread.some((one) => one.changes === null)) return <Trans>new to you</Trans>
  return <Plural value={changes} one="# change" other="# changes" />
}
