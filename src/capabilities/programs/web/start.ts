/** The first record of a new program: a draft, made at once, so that it is in the list whatever happens next. */
import { uuidv7, type Uuid } from '../../../platform/core/ids.ts'
import type { Device } from '../../../platform/web/store/device.ts'
import { draftOf, type Working } from '../working.ts'

/** Returns the program's id. */
export function startProgram(device: Device, student: Uuid, working: Working): Uuid {
  const program = uuidv7(device.clock.now())
  const body = { program: draftOf(working), base: 0 }
  device.capture({ kind: 'sessions.draft', body, student, refs: { program } }).kept.catch(() => undefined)
  return program
}
