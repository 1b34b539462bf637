/** Records as a device would have stamped them, for the tests of reports and sheets. Tests only. */
import { uuidv7 } from '../../platform/core/ids.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import type { SheetDraft } from './sheets/fill.ts'

export const TZ = 'America/Chicago'
export const DEVICE = '00000000-0000-7000-8000-0000000000de'
export const AUTHOR = '00000000-0000-7000-8000-0000000000aa'

/** Typed one after the other on one device. */
export function stamped(drafts: readonly SheetDraft[]): StoredRecord[] {
  return drafts.map((draft, index) => {
    const ms = Date.parse(draft.entered) + index
    return {
      id: uuidv7(ms),
      v: 1,
      tz: TZ,
      device: DEVICE,
      seq: index + 1,
      ord: ms,
      mono: { boot: 'boot', ms: 1000 + index },
      digest: '',
      author: AUTHOR,
      received: null,
      aud: null,
      pos: null,
      ...draft,
    }
  })
}
