/**
 * The pad as the para will see it: the pad's own card, on a device that holds the unpublished program and takes no
 * tap. Nothing that is shown here is recorded.
 */
import { Trans } from '@lingui/react/macro'
import { useDeferredValue, type ComponentType } from 'react'
import { dayOf } from '../../../platform/core/days.ts'
import type { Uuid } from '../../../platform/core/ids.ts'
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import { DeviceContext, useDevice, useValue } from '../../../platform/web/store/hooks.ts'
import { meOf } from '../../schedule/me.ts'
import type { BoardBlock, Me } from '../../schedule/model.ts'
import type { ProgramBody } from '../../sessions/records.ts'
import styles from './builder.module.css'

export type PadCard = ComponentType<{
  id: Uuid
  place: { readonly day: string; readonly block: BoardBlock; readonly blocks: readonly BoardBlock[] }
  me: Me
  students: readonly Uuid[]
}>

interface PreviewProps {
  readonly card: PadCard
  readonly program: Uuid
  readonly student: Uuid
  /** Null while it could not be published. */
  readonly body: ProgramBody | null
}

export function Preview({ card: Card, program, student, body: wanted }: PreviewProps) {
  // the keys that somebody types come first
  const body = useDeferredValue(wanted)
  const device = useDevice()
  const me = meOf(useValue('me'))
  if (!body || !me)
    return (
      <p className={styles.quiet}>
        <Trans>The pad appears here when the goal, the definition and the measurement are complete.</Trans>
      </p>
    )
  const now = device.clock.now()
  const block: BoardBlock = {
    assignment: program,
    code: '',
    start: new Date(now).toISOString(),
    end: new Date(now + 3_600_000).toISOString(),
    title: '',
    place: '',
    note: '',
    students: [student],
    programs: [program],
  }
  const place = { day: dayOf(now, me.district.tz), block, blocks: [block] }
  return (
    <div className={styles.phone} inert data-testid="preview">
      <DeviceContext value={previewDevice(device, program, student, body)}>
        <Card key={JSON.stringify(body)} id={program} place={place} me={me} students={[student]} />
      </DeviceContext>
    </div>
  )
}

/** The device as it is, except that this program's plan is the draft and that nothing was recorded of it. */
function previewDevice(device: Device, program: Uuid, student: Uuid, body: ProgramBody): Device {
  const plan = device.partitionOf({ kind: 'sessions.program', student, refs: { program } })
  const at = new Date(device.clock.now()).toISOString()
  const record: StoredRecord = {
    id: program,
    kind: 'sessions.program',
    v: 1,
    body: JSON.parse(JSON.stringify(body)) as StoredRecord['body'],
    student,
    refs: { program },
    at,
    tz: 'UTC',
    device: device.id,
    seq: 1,
    ord: Date.parse(at),
    mono: { boot: 'preview', ms: 0 },
    digest: '',
    author: device.person,
    received: null,
    aud: null,
    pos: null,
  }
  const records = [record]
  const none: [] = []
  return {
    ...device,
    records: (partition) => (partition === plan ? records : device.records(partition)),
    statesOf: (view, parent) => (parent === `program:${program}` ? none : device.statesOf(view, parent)),
    capture: () => {
      throw new Error('a preview records nothing')
    },
  }
}
