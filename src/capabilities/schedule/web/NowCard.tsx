/** The block that runs: what, where, with whom, and one tap to its pad. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ArrowRight, CircleCheck, Hand, MapPin, NotebookText, Play, UserRoundCheck } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import type { BoardBlock, DayBoard, Me } from '../model.ts'
import { Chips } from './Chips.tsx'
import { useRuns, useStandings } from './hooks.ts'
import { purposeName } from './purposes.ts'
import styles from './NowCard.module.css'

export interface NowCardProps {
  readonly block: BoardBlock
  readonly board: DayBoard
  readonly me: Me
  /** The one block of the moment; others beside it are plain. */
  readonly first: boolean
  /** What comes after it; null = the day is over. */
  readonly next: BoardBlock | null
}

export function NowCard({ block, board, me, first, next }: NowCardProps) {
  const { t, i18n } = useLingui()
  const formats = useFormats(me.district.tz)
  const until = formats.clock(block.end)
  const purpose = block.purpose && purposeName(block.purpose)
  return (
    <Card as="section" emphasis={first} className={styles.now} aria-labelledby={`now-${block.assignment}`}>
      <p className={styles.when}>
        <strong>{t`Now, until ${until}`}</strong>
        <Chips ids={block.students} me={me} />
      </p>
      <h2 id={`now-${block.assignment}`}>{block.title}</h2>
      <ul className={styles.facts}>
        <Cover block={block} me={me} />
        {purpose && (
          <li>
            <Hand size={16} aria-hidden />
            {i18n._(purpose)}
          </li>
        )}
        <li>
          <MapPin size={16} aria-hidden />
          {block.place}
        </li>
        {block.note !== '' && (
          <li>
            <NotebookText size={16} aria-hidden />
            {block.note}
          </li>
        )}
      </ul>
      {block.programs.length > 0 && <Start block={block} board={board} />}
      {next && <Then block={block} next={next} me={me} />}
    </Card>
  )
}

/** Whose block it is by the timetable, and why it is mine today. */
export function Cover({ block, me }: { block: BoardBlock; me: Me }) {
  const { t } = useLingui()
  if (!block.cover) return null
  const { usual, why } = block.cover
  const name = me.people.find(({ id }) => id === usual)?.name
  return (
    <li className={styles.cover}>
      <UserRoundCheck size={16} aria-hidden />
      <span>
        {name === undefined
          ? t`You cover here`
          : block.relief
            ? t`You have the students while ${name} has this break`
            : t`You cover for ${name}`}
        {why !== '' && `: ${why}`}
      </span>
    </li>
  )
}

/** What comes, and who has to be handed to somebody before it. */
function Then({ block, next, me }: { block: BoardBlock; next: BoardBlock; me: Me }) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const at = formats.clock(next.start)
  const leaving = block.students.filter((id) => !next.students.includes(id))
  return (
    <p className={styles.then}>
      <ArrowRight size={16} aria-hidden />
      <span>
        {t`Then, at ${at}:`} {next.title} · {next.place}
        {leaving.length > 0 && (
          <span className={styles.handover}>
            <Trans>Hand over</Trans> <Chips ids={leaving} me={me} />
          </span>
        )}
      </span>
    </p>
  )
}

function Start({ block, board }: { block: BoardBlock; board: DayBoard }) {
  const runs = useRuns(board).filter((run) => run.block.assignment === block.assignment)
  const standings = useStandings(runs, board)
  const due = standings.filter((is) => is === 'due').length
  const open = standings.filter((is) => is === 'open').length
  const total = standings.length
  const done = total - due - open
  const isDone = total > 0 && due + open === 0
  return (
    <div className={styles.start}>
      <ButtonLink
        to="/pad/$block"
        params={{ block: block.assignment }}
        variant={isDone ? 'secondary' : 'primary'}
        size="pad"
        wide
        icon={isDone ? CircleCheck : Play}
      >
        {isDone ? (
          <Plural value={total} one="The goal is recorded: look" other="All # goals are recorded: look" />
        ) : total === 0 ? (
          <Trans>Open the pad</Trans>
        ) : open + done === 0 ? (
          <Plural value={total} one="Start # goal" other="Start # goals" />
        ) : (
          <Trans>
            Go on: {done} of {total} done
          </Trans>
        )}
      </ButtonLink>
    </div>
  )
}
