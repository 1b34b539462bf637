/** Sessions at Cedar Bend for the tests of what services gave, recorded as a phone records them. */
import { cedarBend } from '../../../demo/cedar-bend.ts'
import { personId, studentId } from '../../../demo/people.ts'
import { demoNow, type Running, type Visitor } from '../../../guarantees/running.ts'
import { device, MEASURE } from '../../../guarantees/school.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'

interface Held {
  readonly program: string
  readonly version: string
  /** How far the clock of the device was behind when it sent, ms. */
  readonly behind?: number
  /** Minutes after 9:00 at which it began. */
  readonly from?: number
  /** Minutes after its begin between which it stood still. */
  readonly paused?: readonly [from: number, to: number]
}

/** Twenty minutes of A.M. with Maya on Monday from 9:00 on, at the school, sent by her. */
export async function holdOnMonday(house: Running, maya: Visitor, held: Held) {
  const { program, version, behind = 0, from = 0, paused } = held
  const refs = { session: uuidv7(demoNow(house)), program }
  const student = studentId('am')
  const at = (minute: number) => Date.parse('2026-11-02T15:00:00Z') + (from + minute) * 60_000
  const phone = device(
    { district: cedarBend().district.id, person: personId('maya'), roles: [] },
    at(0),
    `phone ${behind}`,
  )
  const body = {
    measure: JSON.parse(JSON.stringify(MEASURE)),
    condition: 'intervention',
    observer: 'primary',
    setting: '',
    tags: [],
  }
  const records = [
    phone.record('sessions.start', { student, refs: { ...refs, version }, at: at(0), body }),
    ...(paused
      ? [
          phone.record('sessions.pause', { student, refs, at: at(paused[0]), body: {} }),
          phone.record('sessions.resume', { student, refs, at: at(paused[1]), body: {} }),
        ]
      : []),
    phone.record('sessions.end', { student, refs, at: at(20), body: { status: 'complete' } }),
  ]
  const sent = new Date(demoNow(house) - behind).toISOString()
  const answer = await maya.post('/api/records', { records, sent })
  const { acks } = answer.json<{ acks: { status: string; code?: string }[] }>()
  return { refs, phone, acks: acks.map(({ status, code }) => code ?? status) }
}
