/** The block that runs: what, where, with whom, and one tap to its pad. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, MapPin, NotebookText, Play } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import type { BoardBlock, DayBoard, Me } from '../model.ts'
import { Chips } from './Chips.tsx'
import { useStandings } from './hooks.ts'
import styles from './NowCard.module.css'

export interface NowCardProps {
  readonly block: BoardBlock
  readonly board: DayBoard
  readonly me: Me
  /** The one block of the moment; others beside it are plain. */
  readonly first: boolean
}

export function NowCard({ block, board, me, first }: NowCardProps) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const until = formats.clock(block.end)
  return (
    <Card as="section" emphasis={first} className={styles.now} aria-labelledby={`now-${block.assignment}`}>
      <p className={styles.when}>
        <strong>{t`Now, until ${until}`}</strong>
        <Chips ids={block.students} me={me} />
      </p>
      <h2 id={`now-${block.assignment}`}>{block.title}</h2>
      <ul className={styles.facts}>
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
    </Card>
  )
}

function Start({ block, board }: { block: BoardBlock; board: DayBoard }) {
  const standings = useStandings(
    block.programs.map((program) => ({ program, block })),
    board,
  )
  const due = standings.filter((is) => is === 'due').length
  const open = standings.filter((is) => is === 'open').length
  const total = standings.length
  const done = total - due - open
  const isDone = due + open === 0
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
