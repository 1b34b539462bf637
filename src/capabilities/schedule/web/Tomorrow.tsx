/**
 * The next school day: enough to prepare once today runs out, all of it when today is over. It lies on the device since
 * the last time it reached the school, so it is here without a network.
 */
import { Plural, useLingui } from '@lingui/react/macro'
import { dayOf, daysBetween } from '../../../platform/core/days.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import type { DayBoard, Me } from '../model.ts'
import { Chips } from './Chips.tsx'
import { Cover } from './NowCard.tsx'
import styles from './NextBlocks.module.css'

const SHOWN = 3

export interface TomorrowProps {
  readonly me: Me
  readonly board: DayBoard | null
  readonly now: number
  /** Every block, not only the first ones. */
  readonly whole?: boolean
}

export function Tomorrow({ me, board, now, whole = false }: TomorrowProps) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const blocks = board?.blocks.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start)) ?? []
  const [first] = blocks
  if (!board || !first) return null
  const isTomorrow = daysBetween(dayOf(now, me.district.tz), board.day) === 1
  const weekday = formats.weekday(first.start)
  const goals = blocks.reduce((sum, block) => sum + block.programs.length, 0)
  const shown = whole ? blocks : blocks.slice(0, SHOWN)
  const rest = blocks.length - shown.length
  return (
    <Card as="section" flush aria-labelledby="tomorrow">
      <h2 id="tomorrow" className={styles.title}>
        {isTomorrow ? t`Tomorrow, ${weekday}` : t`Next school day: ${weekday}`}{' '}
        {board.type !== null && <Tag>{t`${board.type} day`}</Tag>}
      </h2>
      <ol className={styles.list}>
        {shown.map((block) => (
          <li key={block.assignment} className={styles.row}>
            <time dateTime={block.start}>{formats.clock(block.start)}</time>
            <span className={styles.words}>
              <strong>{block.title}</strong>
              <span className={styles.where}>{block.place}</span>
              <Chips ids={block.students} me={me} />
              {block.cover && (
                <ul className={styles.cover}>
                  <Cover block={block} me={me} />
                </ul>
              )}
            </span>
          </li>
        ))}
      </ol>
      <p className={styles.sum}>
        {rest > 0 && <Plural value={rest} one="and # more block" other="and # more blocks" />}
        {rest > 0 && goals > 0 && ' · '}
        {goals > 0 && <Plural value={goals} one="# goal" other="# goals" />}
      </p>
    </Card>
  )
}
