/** Words of the calendar and of services: variants, reasons, periods, in the reader's language. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Per } from '../model.ts'
import type { ShortReason } from '../services.ts'

const VARIANTS: Readonly<Record<string, MessageDescriptor>> = {
  regular: msg`As usual`,
  early_release: msg`Early release`,
  delay: msg`Late start`,
  testing: msg`Testing`,
  assembly: msg`Assembly`,
}
export const KNOWN_VARIANTS = Object.keys(VARIANTS)

/** A variant of the school's own is called what the school calls it. */
export function variantName(i18n: I18n, variant: string): string {
  const known = VARIANTS[variant]
  return known ? i18n._(known) : variant.replaceAll('_', ' ')
}

export const UNSERVED_WHAT: Readonly<Record<'one_to_one' | 'post' | 'care' | 'service', MessageDescriptor>> =
  {
    one_to_one: msg`An adult of their own`,
    post: msg`Post`,
    care: msg`Personal routine`,
    service: msg`Service`,
  }

export const FINDINGS: Readonly<Record<string, MessageDescriptor>> = {
  'bell.time': msg`This is not a time.`,
  'bell.ends_before_it_begins': msg`It ends before it begins.`,
  'bell.overlap': msg`It begins before the block before it ends.`,
  'bell.code_twice': msg`Two blocks have this code.`,
  'bell.empty': msg`This way to run a day has no bell yet.`,
}

export const REASONS: Readonly<Record<ShortReason, MessageDescriptor>> = {
  student_absent: msg`student absent`,
  school_closed: msg`school closed`,
  staff_absent: msg`staff absent`,
  student_refused: msg`student refused`,
  event: msg`event`,
  other: msg`other reason`,
  unknown: msg`nothing recorded`,
}

export const PER: Readonly<Record<Per, MessageDescriptor>> = {
  day: msg`a day`,
  week: msg`a week`,
  month: msg`a month`,
  quarter: msg`a quarter`,
  term: msg`a term`,
}
