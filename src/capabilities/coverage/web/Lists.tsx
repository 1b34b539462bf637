/** What is needed, most urgent first; what nobody does, with whoever answers for it; and who knows of the plan. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check, CircleAlert, Clock } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Details } from '../../../platform/web/kit/Details.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import type { Need, Red } from '../model.ts'
import type { CoverBoard } from '../wire.ts'
import { RefusalWords } from './RefusalWords.tsx'
import { Students } from './Students.tsx'
import { PlaceOf, Times } from './Steps.tsx'
import { taskNames } from '../../../platform/web/desk/tasks.ts'
import { LEVEL } from './words.ts'
import styles from './cover.module.css'

export function Needs({ board, needs }: { board: CoverBoard; needs: readonly Need[] }) {
  const { i18n, t } = useLingui()
  const shown = needs.filter(({ level }) => level !== 'prep')
  if (shown.length === 0) return null
  return (
    <Card as="section" aria-label={t`Who needs somebody, most urgent first`} className={styles.stack}>
      <h2>
        <Trans>Who needs somebody, most urgent first</Trans>
      </h2>
      <ol className={styles.lines}>
        {shown.map((need, n) => (
          <li key={`${need.level} ${need.students.join()} ${need.minutes} ${n}`} className={styles.stack}>
            <div className={styles.row}>
              <span className={styles.rank}>{n + 1}</span>
              <Students ids={need.students} students={board.students} />
              <span className={styles.grow}>{i18n._(LEVEL[need.level])}</span>
              <span className={styles.quiet}>
                <Trans>{need.minutes} min</Trans>
              </span>
            </div>
            {need.needs.length > 0 && (
              <p className={styles.quiet}>
                <Trans>Somebody trained for {taskNames(i18n, need.needs)}</Trans>
              </p>
            )}
            {need.refused.map((refusal) => (
              <p key={refusal.person} className={styles.quiet}>
                <RefusalWords board={board} refusal={refusal} />
              </p>
            ))}
          </li>
        ))}
      </ol>
    </Card>
  )
}

export function Reds({
  board,
  red,
  lapsed,
}: {
  board: CoverBoard
  red: readonly Red[]
  lapsed: readonly Red[]
}) {
  const { i18n } = useLingui()
  return (
    <>
      {red.length > 0 && (
        <Card as="section" className={`${styles.stack} ${styles.red}`}>
          <h3 className={styles.row}>
            <CircleAlert size={20} aria-hidden />
            <Trans>Nobody does this</Trans>
          </h3>
          <ul className={styles.lines}>
            {red.map((one) => (
              <li key={`${one.part.task} ${one.part.students.join()}`} className={styles.stack}>
                <div className={styles.row}>
                  <Times part={one.part} />
                  <span className={styles.title}>{one.part.title}</span>
                  {one.part.relief && <PlaceOf part={one.part} board={board} />}
                  <span className={styles.quiet}>
                    <Trans>{one.part.end - one.part.start} min</Trans>
                  </span>
                  <Students ids={one.part.students} students={board.students} />
                </div>
                <div className={styles.row}>
                  <Tag tone={one.required ? 'danger' : 'wait'} icon={CircleAlert}>
                    {one.required ? <Trans>Legally required</Trans> : i18n._(LEVEL[one.part.level])}
                  </Tag>
                  {one.owner !== null && (
                    <span>
                      <Trans>Answers for it: {board.names[one.owner]}</Trans>
                    </span>
                  )}
                </div>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {lapsed.length > 0 && (
        <Details summary={<Trans>Preparation that waits</Trans>}>
          <ul className={styles.lines}>
            {lapsed.map(({ part }) => (
              <li key={part.task} className={styles.row}>
                <Times part={part} />
                <span>{part.title}</span>
                <span className={styles.quiet}>{board.names[part.usual]}</span>
              </li>
            ))}
          </ul>
        </Details>
      )}
    </>
  )
}

export function Notices({
  board,
  notices,
}: {
  board: CoverBoard
  notices: readonly { person: string; seen: number | null }[]
}) {
  const { t } = useLingui()
  if (notices.length === 0) return null
  return (
    <Card as="section" aria-label={t`Who has seen the plan`} className={styles.stack}>
      <h2>
        <Trans>Who has seen the plan</Trans>
      </h2>
      <ul className={styles.lines}>
        {notices.map(({ person, seen }) => (
          <li key={person} className={styles.row}>
            <span className={styles.grow}>{board.names[person]}</span>
            {seen === null ? (
              <Tag icon={Clock}>
                <Trans>Not yet</Trans>
              </Tag>
            ) : (
              <Tag tone="ok" icon={Check}>
                <Trans>Has seen it</Trans>
              </Tag>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
