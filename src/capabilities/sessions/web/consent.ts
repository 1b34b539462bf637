/**
 * What a student's family agreed to. Without a record nothing is agreed; where two contradict each other, only what
 * both say.
 */
import type { StoredRecord } from '../../../platform/records/envelope.ts'
import { settle } from '../../../platform/records/settle.ts'
import { useFromDevice, useRecords } from '../../../platform/web/store/hooks.ts'
import { ConsentBody } from '../../students/records.ts'
import type { Measure } from '../measures.ts'

type Consent = typeof ConsentBody._output

export function useConsent(student: string): Consent | null {
  const partition =
    useFromDevice((device) => device.partitionOf({ kind: 'students.consent', student, refs: {} })) ?? ''
  return consentOf(useRecords(partition))
}

function consentOf(records: readonly StoredRecord[]): Consent | null {
  const published = settle(records).live.filter((record) => record.kind === 'students.consent')
  const followed = new Set(published.map((record) => record.refs['base']))
  const heads = published
    .filter((record) => !followed.has(record.id))
    .map((record) => ConsentBody.safeParse(record.body).data)
  const [first] = heads
  if (!first) return null
  const all = (has: (consent: Consent) => boolean) => heads.every((one) => one !== undefined && has(one))
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

/** The measurement with the prompts that may be given: none that touch the student without consent (domain C.1). */
export function allowed<M extends Measure>(measure: M, consent: Consent | null): M {
  if (!('prompts' in measure) || consent?.physical_prompts) return measure
  const levels = measure.prompts.levels.filter((level) => level.physical !== true)
  return { ...measure, prompts: { ...measure.prompts, levels } }
}
