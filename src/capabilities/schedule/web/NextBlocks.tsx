/** What comes: time, what, where, with whom, and how much is to be recorded. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, ListChecks } from 'lucide-react'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Link } from '../../../platform/web/kit/Link.tsx'
import { Tag } from '../../../platform/web/kit/Tag.tsx'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import type { BoardBlock, DayBoard, Me } from '../model.ts'
import { Chips } from './Chips.tsx'
import { useRuns, useStandings } from './hooks.ts'
import { Cover } from './NowCard.tsx'
import styles from './NextBlocks.module.css'

/** As many as the eye takes in; the others are one tap away. */
const SHOWN = 4

export interface NextBlocksProps {
  /** Of today, after now, by start. */
  readonly blocks: readonly BoardBlock[]
  readonly board: DayBoard
  readonly me: Me
}

export function NextBlocks({ blocks, board, me }: NextBlocksProps) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? blocks : blocks.slice(0, SHOWN)
  const rest = blocks.length - shown.length
  return (
    <Card as="section" flush aria-labelledby="next">
      <h2 id="next" className={styles.title}>
        <Trans>Next</Trans>
      </h2>
      <ol className={styles.list}>
        {shown.map((block) => (
          <Row key={block.assignment} block={block} board={board} me={me} />
        ))}
      </ol>
      {rest > 0 && (
        <Button variant="ghost" wide onClick={() => setWhole(true)}>
          <Plural value={rest} one="# more block" other="# more blocks" />
        </Button>
      )}
    </Card>
  )
}

function Row({ block, board, me }: { block: BoardBlock; board: DayBoard; me: Me }) {
  const { t } = useLingui()
  const formats = useFormats(me.district.tz)
  const runs = useRuns(board).filter((run) => run.block.assignment === block.assignment)
  const standings = useStandings(runs, board)
  const due = standings.filter((is) => is === 'due' || is === 'open').length
  const content = (
    <>
      <time dateTime={block.start}>{formats.clock(block.start)}</time>
      <span className={styles.words}>
        <strong>{block.title}</strong>
        <span className={styles.where}>
          {block.place}
          {due > 0 && (
            <Tag icon={ListChecks}>
              <Plural value={due} one="# goal" other="# goals" />
            </Tag>
          )}
          {runs.length > 0 && due === 0 && <Tag tone="ok" icon={CircleCheck}>{t`recorded`}</Tag>}
        </span>
        <Chips ids={block.students} me={me} />
        {block.cover && (
          <ul className={styles.cover}>
            <Cover block={block} me={me} />
          </ul>
        )}
      </span>
    </>
  )
  return (
    <li>
      {block.programs.length > 0 ? (
        <Link to="/pad/$block" params={{ block: block.assignment }} className={styles.row}>
          {content}
        </Link>
      ) : (
        <div className={styles.row}>{content}</div>
      )}
    </li>
  )
}
