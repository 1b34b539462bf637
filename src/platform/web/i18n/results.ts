/**
 * What people call what was recorded of a session: its results, why one does not count or was corrected, and the
 * condition it ran under. The same words on the pad and on the page of a goal, so each is written once, here. Whose
 * codes they are: capabilities/sessions/records.ts. A code that this build does not know is shown as it is.
 */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

const RESULTS = {
  independent: msg`alone`,
  incorrect: msg`not yet`,
  no_response: msg`no answer`,
  refused: msg`refused`,
  interrupted: msg`interrupted`,
  adult: msg`done by adult`,
  not_applicable: msg`not today`,
} satisfies Words

/** A button of the pad, as far as its words go; `levelLabel` is the program’s own word for a prompt. */
interface ResultButton {
  readonly label: keyof typeof RESULTS | 'prompted' | 'incorrect_prompted'
  readonly level?: string
  readonly levelLabel?: string
}

/** What a button means, like “alone” or “gesture”. */
export function wordOfButton(i18n: I18n, { label, levelLabel = '', level = '' }: ResultButton): string {
  const prompt = soft(levelLabel || level)
  switch (label) {
    case 'prompted':
      return prompt
    case 'incorrect_prompted':
      return i18n._(msg`not yet, after ${prompt}`)
    default:
      return i18n._(RESULTS[label])
  }
}

/** What a code of a mark or of a moment means, where no button of the measurement has it. */
export function wordOfCode(i18n: I18n, code: string): string {
  return wordIn(CODES, i18n, code)
}

const CODES: Words = {
  '1': msg`yes`,
  '0': msg`no`,
  yes: msg`yes`,
  no: msg`no`,
  NA: msg`not today`,
  Y: msg`yes`,
  N: msg`not yet`,
  '+': msg`right`,
  '-': msg`wrong`,
  err: msg`wrong`,
  sc: msg`self-corrected`,
  skip: msg`skipped`,
  begin: msg`begun`,
  stop: msg`stopped`,
  last: msg`last word`,
}

const ASIDE = {
  coded_twice: msg`coded again later`,
  conflict: msg`two corrections; the later one counts until the case manager decides`,
  two_devices: msg`from another device, so another observer`,
  double_tap: msg`a bounce of the tap before`,
  outside_clock: msg`while the clock stood still`,
  after_end: msg`after the end`,
  too_late: msg`answered too late after the cue`,
  overlap: msg`a start while it already ran`,
  unpaired: msg`an end without its start, or an onset without its cue`,
  not_of_measure: msg`not part of this measurement`,
} satisfies Words

/** Why something that was recorded does not count. */
export function wordOfAside(i18n: I18n, why: keyof typeof ASIDE): string {
  return i18n._(ASIDE[why])
}

const CORRECTIONS: Words = {
  mis_tap: msg`Mis-tap`,
  wrong_student: msg`Wrong student`,
  wrong_time: msg`Wrong time`,
  late_entry: msg`Typed in later`,
  other: msg`Another reason`,
}

/** Why something was corrected; a reason of one’s own is shown as it was written. */
export function wordOfCorrection(i18n: I18n, reason: string): string {
  return wordIn(CORRECTIONS, i18n, reason)
}

const CONDITIONS: Words = {
  baseline: msg`Baseline`,
  intervention: msg`Intervention`,
  modified: msg`Modified intervention`,
  maintenance: msg`Maintenance`,
  generalization: msg`Generalization`,
  probe: msg`Probe`,
}

/** Under which condition a session ran. */
export function wordOfCondition(i18n: I18n, condition: string): string {
  return wordIn(CONDITIONS, i18n, condition)
}

type Words = { readonly [code: string]: MessageDescriptor }

function wordIn(words: Words, i18n: I18n, code: string): string {
  const known = words[code]
  return known ? i18n._(known) : code
}

/** The program’s own word inside a sentence: a capital first letter goes, an acronym stays. */
function soft(word: string): string {
  const isAcronym = word.length > 1 && word === word.toLocaleUpperCase()
  return isAcronym ? word : word.slice(0, 1).toLocaleLowerCase() + word.slice(1)
}
