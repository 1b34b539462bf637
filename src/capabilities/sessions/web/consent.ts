/** What a student's family agreed to, as the pads ask it. */
import { useFromDevice, useRecords } from '../../../platform/web/store/hooks.ts'
import { consentOf } from '../../students/consent.ts'
import type { ConsentBody } from '../../students/records.ts'
import type { Measure } from '../measures.ts'

export function useConsent(student: string): ConsentBody | null {
  const partition =
    useFromDevice((device) => device.partitionOf({ kind: 'students.consent', student, refs: {} })) ?? ''
  return consentOf(useRecords(partition))
}

/** The measurement with the prompts that may be given: none that touch the student without consent (domain C.1). */
export function allowed<M extends Measure>(measure: M, consent: ConsentBody | null): M {
  if (!('prompts' in measure) || consent?.physical_prompts) return measure
  const levels = measure.prompts.levels.filter((level) => level.physical !== true)
  return { ...measure, prompts: { ...measure.prompts, levels } }
}
