/**
 * Timers that were left running in a block that is over, on the pad of another one: asked about there as well, and stopped
 * by themselves in the same way (domain C.3). Without this a timer is forgotten where nobody looks any more.
 */
import type { Uuid } from '../../../platform/core/ids.ts'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Who } from '../../../platform/web/kit/Who.tsx'
import type { Device } from '../../../platform/web/store/device.ts'
import { useFromDevice } from '../../../platform/web/store/hooks.ts'
import { useNow } from '../../../platform/web/store/now.ts'
import type { Me } from '../../schedule/model.ts'
import { isOpen } from '../goal.ts'
import type { Program } from '../program.ts'
import { goalNow, useGoal, useProgram, type Place } from './hooks.ts'
import { useRecorder } from './recorder.ts'
import { StillOn } from './StillOn.tsx'
import { useRunningSeconds } from './useRunning.ts'
import styles from './Pad.module.css'

const MINUTE = 60_000

export interface RunsElsewhereProps {
  /** The block whose pad this is. */
  readonly place: Place
  readonly me: Me
  readonly students: readonly Uuid[]
}

export function RunsElsewhere({ place, me, students }: RunsElsewhereProps) {
  const now = useNow(MINUTE)
  const over = place.blocks.filter((block) => block !== place.block && Date.parse(block.end) <= now)
  const text = useFromDevice((device) =>
    over
      .flatMap((block) =>
        block.programs
          .filter((program) => runningIn(device, program, { ...place, block }) !== null)
          .map((program) => `${block.assignment} ${program}`),
      )
      .join('\n'),
  )
  return over.flatMap((block) =>
    block.programs
      .filter((program) => text.split('\n').includes(`${block.assignment} ${program}`))
      .map((program) => (
        <Timer
          key={`${block.assignment} ${program}`}
          id={program}
          place={{ ...place, block }}
          me={me}
          students={students}
        />
      )),
  )
}

function Timer({ id, ...props }: RunsElsewhereProps & { id: Uuid }) {
  const program = useProgram(id, props.students, props.place.day)
  return program && <Left program={program} {...props} />
}

function Left({ program, place, me }: RunsElsewhereProps & { program: Program }) {
  const { own } = useGoal(program.id, place)
  const student = me.students.find((one) => one.id === program.student)
  const initials = student?.initials ?? '?'
  const recorder = useRecorder({ material: undefined, program, place, initials, tags: [] })
  const item = own?.items.findLast((one) => one.ms === undefined) ?? null
  const seconds = useRunningSeconds(own, item)
  if (!own || !item) return null
  return (
    <Card as="section" aria-label={`${initials} ${program.body.title}`} className={styles.left}>
      <p className={styles.whose}>
        {student && <Who initials={initials} color={student.color} size="s" />}
        <strong>{program.body.title}</strong> · {place.block.title}
      </p>
      <StillOn state={own} item={item} seconds={seconds} place={place} recorder={recorder} />
    </Card>
  )
}

/** An own timer that goes on in a block. */
function runningIn(device: Device, program: Uuid, place: Place) {
  const { own } = goalNow(device, program, place)
  const isTimer = own?.measure.system === 'duration' && isOpen(own)
  return isTimer ? (own.items.find((one) => one.ms === undefined) ?? null) : null
}
