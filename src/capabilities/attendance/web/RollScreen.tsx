/** A block and its students: who is here, who takes part, who is on task at a cue. Works without a network. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CalendarDays, CheckCheck, Users } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { EmptyState } from '../../../platform/web/kit/EmptyState.tsx'
import { ButtonLink } from '../../../platform/web/kit/Link.tsx'
import { PageHeader } from '../../../platform/web/kit/PageHeader.tsx'
import { useScreenParams } from '../../../platform/web/router/screen.ts'
import { Page } from '../../../platform/web/shell/Page.tsx'
import { useValue } from '../../../platform/web/store/hooks.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { meOf } from '../../schedule/me.ts'
import { OnTask } from './OnTask.tsx'
import { Presences } from './Presences.tsx'
import { TakingPart } from './TakingPart.tsx'
import { classOf, useMarks } from './roll.ts'
import { useRoll } from './useRoll.ts'
import styles from './Roll.module.css'

type Shown = 'here' | 'part' | 'task'

export default function RollScreen() {
  const { t } = useLingui()
  const me = meOf(useValue('me'))
  const { block: id } = useScreenParams<'block'>()
  const [shown, setShown] = useState<Shown>('here')
  const formats = useFormats(me?.district.tz ?? 'UTC')
  const board = me?.boards.find(({ blocks }) => blocks.some((block) => block.assignment === id))
  const block = board?.blocks.find((one) => one.assignment === id)
  const students = classOf(me, block)
  if (!board || !block || students.length === 0)
    return (
      <Page>
        <PageHeader title={t`Who is here`} back="/today" />
        <EmptyState
          icon={Users}
          title={t`No students in this block`}
          action={
            <ButtonLink to="/today" icon={CalendarDays}>
              <Trans>To today</Trans>
            </ButtonLink>
          }
        >
          <p>
            <Trans>The roll of a block is here while its students are with you.</Trans>
          </p>
        </EmptyState>
      </Page>
    )
  return (
    <Page>
      <PageHeader
        title={block.title}
        subtitle={`${formats.clock(block.start)}–${formats.clock(block.end)} · ${block.place}`}
        back="/today"
      />
      <Choice<Shown>
        legend={t`Show`}
        options={[
          { value: 'here', label: t`Who is here` },
          { value: 'part', label: t`Taking part` },
          { value: 'task', label: t`On task` },
        ]}
        value={shown}
        onChange={setShown}
      />
      {shown === 'here' && (
        <>
          <AllHere block={block} day={board.day} students={students} />
          <Presences block={block} day={board.day} students={students} />
        </>
      )}
      {shown === 'part' && <TakingPart block={block} day={board.day} students={students} />}
      {shown === 'task' && <OnTask block={block} day={board.day} students={students} />}
    </Page>
  )
}

function AllHere({ block, day, students }: Parameters<typeof Presences>[0]) {
  const roll = useRoll(block, day)
  const marks = useMarks(
    students.map(({ id }) => id),
    day,
    block.code,
  )
  const unmarked = marks.filter((mark) => mark === null).length
  return (
    // keeps its place when all are marked, so that no row moves under the thumb
    <div className={styles.all}>
      {unmarked > 0 ? (
        <Button size="pad" wide variant="primary" icon={CheckCheck} onClick={() => roll.allHere(students)}>
          {unmarked === students.length ? <Trans>All here</Trans> : <Trans>The others are here</Trans>}
        </Button>
      ) : (
        <p role="status">
          <CheckCheck size={20} aria-hidden />
          <Trans>Everybody is marked.</Trans>
        </p>
      )}
    </div>
  )
}
