/**
 * On task, over a class (domain C8c): a cue goes round the students, one look at one student a cue, yes or no. A look that
 * nobody took in time is missed and counts for nothing. Each student has their own record; the round lasts as long as the
 * screen, what was recorded stays.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Play, Square } from 'lucide-react'
import { useState } from 'react'
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import { useAct } from '../../../platform/web/act.ts'
import { useFormats } from '../../../platform/web/i18n/format.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Choice } from '../../../platform/web/kit/Choice.tsx'
import { useCue } from '../../../platform/web/kit/cue.ts'
import { cx } from '../../../platform/web/kit/cx.ts'
import { Ring } from '../../../platform/web/kit/Ring.tsx'
import { useAwake } from '../../../platform/web/kit/useAwake.ts'
import { Who } from '../../../platform/web/kit/Who.tsx'
import { useDevice } from '../../../platform/web/store/hooks.ts'
import { useClock } from '../../../platform/web/store/now.ts'
import { useSessionRunning } from '../../../platform/web/worker/session-lock.ts'
import type { MyStudent } from '../../schedule/model.ts'
import { lookAt, onTaskOf } from '../round.ts'
import type { ClassProps } from './Presences.tsx'
import { backDrafts, sampleDraft, useMarks, useStudentDay } from './roll.ts'
import marks from './marks.module.css'
import styles from './Roll.module.css'

const EVERY = ['15', '30', '60', '120'] as const
type Every = (typeof EVERY)[number]

interface Round {
  readonly act: Uuid
  /** On the device's own counter, ms. */
  readonly started: number
  readonly everyMs: number
  readonly students: readonly Uuid[]
}

export function OnTask({ block, day, students }: ClassProps) {
  const { t } = useLingui()
  const device = useDevice()
  const [every, setEvery] = useState<Every>('30')
  const [round, setRound] = useState<Round | null>(null)
  const marks = useMarks(
    students.map(({ id }) => id),
    day,
    block.code,
  )
  // nobody looks for a child who is not there
  const here = students.filter((_, index) => {
    const state = marks[index]?.state
    return state === undefined || state === 'present' || state === 'late'
  })
  const start = () =>
    setRound({
      act: uuidv7(device.clock.now()),
      started: device.clock.mono(),
      everyMs: Number(every) * 1000,
      students: here.map(({ id }) => id),
    })
  return (
    <>
      {round ? (
        <Running
          round={round}
          place={{ day, block: block.code }}
          students={students}
          onStop={() => setRound(null)}
        />
      ) : (
        <Card as="section" className={styles.setup} aria-label={t`On task`}>
          <p>
            <Trans>
              Your phone buzzes and shows one student at a time. Look up, say yes or no. What you miss counts
              for nothing.
            </Trans>
          </p>
          <Choice<Every>
            legend={t`A look every`}
            options={EVERY.map((value) => ({
              value,
              label: Number(value) < 60 ? t`${value} s` : t`${Number(value) / 60} min`,
            }))}
            value={every}
            onChange={setEvery}
          />
          <Button size="pad" wide variant="primary" icon={Play} disabled={here.length === 0} onClick={start}>
            <Plural value={here.length} one="Start with # student" other="Start with # students" />
          </Button>
        </Card>
      )}
      <ul className={styles.results}>
        {students.map((student) => (
          <Result key={student.id} student={student} block={block} day={day} />
        ))}
      </ul>
    </>
  )
}

function Running({
  round,
  place,
  students,
  onStop,
}: {
  round: Round
  place: { day: string; block: string }
  students: readonly MyStudent[]
  onStop: () => void
}) {
  const { t } = useLingui()
  const act = useAct()
  const [answered, setAnswered] = useState<ReadonlySet<number>>(new Set())
  // to the second, so that a look that shows nothing new draws nothing
  const seconds = useClock((clock) => Math.floor((clock.mono() - round.started) / 1000))
  const look = lookAt(seconds * 1000, round)
  const student = students.find(({ id }) => id === look.student)
  const isAsked = look.student !== null && !answered.has(look.n)
  useCue('vibration', { k: look.n + 1, into: look.into }, round.everyMs, Number.MAX_SAFE_INTEGER)
  useAwake(true)
  useSessionRunning(true)
  const answer = (code: '1' | '0') => {
    if (!student || !isAsked) return
    const { n } = look
    act({
      drafts: [sampleDraft(student.id, place, { act: round.act, n, code })],
      said: code === '1' ? t`${student.initials}: on task` : t`${student.initials}: not on task`,
      undo: backDrafts,
    })
    setAnswered((before) => new Set(before).add(n))
  }
  return (
    <Card as="section" emphasis className={styles.running} aria-label={t`On task`}>
      <div className={styles.cue}>
        <Ring left={look.left} of={round.everyMs / 1000} due={isAsked} />
        <p aria-live="assertive">
          {isAsked && student ? (
            <>
              <Who initials={student.initials} color={student.color} size="l" />
              <strong>
                <Trans>Look now: on task?</Trans>
              </strong>
            </>
          ) : (
            <strong>
              <Trans>Wait for the cue</Trans>
            </strong>
          )}
        </p>
      </div>
      <div className={styles.two}>
        <button
          type="button"
          className={cx(marks.mark, styles.key)}
          data-is="present"
          disabled={!isAsked}
          onClick={() => answer('1')}
        >
          <strong aria-hidden>+</strong>
          {t`yes`}
        </button>
        <button
          type="button"
          className={cx(marks.mark, styles.key)}
          disabled={!isAsked}
          onClick={() => answer('0')}
        >
          <strong aria-hidden>–</strong>
          {t`no`}
        </button>
      </div>
      <Button wide icon={Square} onClick={onStop}>
        <Trans>Stop</Trans>
      </Button>
    </Card>
  )
}

function Result({ student, block, day }: Pick<ClassProps, 'block' | 'day'> & { student: MyStudent }) {
  const formats = useFormats('UTC')
  const { person } = useDevice()
  const found = onTaskOf(useStudentDay(student.id, day), block.code, person)
  return (
    <li>
      <Who initials={student.initials} color={student.color} size="s" />
      {found ? (
        <span>
          <strong>
            {found.numerator}/{found.denominator}
          </strong>{' '}
          = {formats.number((100 * found.numerator) / found.denominator, 1)} %
        </span>
      ) : (
        <span className={styles.quiet}>
          <Trans>no look yet</Trans>
        </span>
      )}
    </li>
  )
}
