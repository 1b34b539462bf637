/** What a student's family agreed to, folded from the records of their consent. Pure; pads and pages ask. */
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { ConsentBody } from './records.ts'

/** Without a record nothing is agreed: null. Where two contradict each other, only what both say. */
export function consentOf(records: readonly StoredRecord[]): ConsentBody | null {
  const published = settle(records).live.filter((record) => record.kind === 'students.consent')
  const followed = new Set(published.map((record) => record.refs['base']))
  const heads = published
    .filter((record) => !followed.has(record.id))
    .map((record) => ConsentBody.safeParse(record.body).data)
  const [first] = heads
  if (!first) return null
  const all = (has: (consent: ConsentBody) => boolean) => heads.every((one) => one !== undefined && has(one))
  return {
    physical_prompts: all((one) => one.physical_prompts),
    photos: {
      instruction_record: all((one) => one.photos.instruction_record),
      internal_display: all((one) => one.photos.internal_display),
      family_share: all((one) => one.photos.family_share),
      public_web: all((one) => one.photos.public_web),
      media: all((one) => one.photos.media),
    },
  }
}
