/** The words of cover: levels, reasons for and against somebody. */
import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import type { Level, RefusalCode, WhyCode } from '../model.ts'
import type { METHODS } from '../wire.ts'

export const LEVEL: Readonly<Record<Level, MessageDescriptor>> = {
  critical: msg`Safety and care`,
  one_to_one: msg`One-to-one`,
  post: msg`Duty post`,
  service: msg`Service minutes`,
  class: msg`Class help`,
  prep: msg`Preparation`,
}

export const REFUSAL: Readonly<Record<RefusalCode, MessageDescriptor>> = {
  away: msg`is away`,
  hours: msg`is not at work then`,
  may_not: msg`may not be planned here`,
  untrained: msg`not trained for`,
  expired: msg`the training is over for`,
  beside: msg`may only beside somebody who is not there then:`,
  break: msg`has a break then`,
  busy: msg`is needed elsewhere`,
  other_work: msg`does other work`,
}

export const WHY: Readonly<Record<WhyCode, MessageDescriptor>> = {
  trained: msg`Trained for`,
  knows: msg`Knows`,
  free: msg`Free at that time`,
  pulled: msg`Called from less urgent work`,
  easier_post: msg`The easier post for a substitute`,
  already_there: msg`There with`,
}

/** How somebody is trained, step by step (domain L.3). */
export const METHOD: Readonly<Record<(typeof METHODS)[number], MessageDescriptor>> = {
  instruct: msg`Explained`,
  model: msg`Shown`,
  rehearse: msg`Practiced`,
  feedback: msg`Told how it went`,
}

/** What of a day changed since it was planned, by the names of its parts. */
export const CHANGED: Readonly<Record<string, MessageDescriptor>> = {
  away: msg`who is away`,
  tasks: msg`the timetable`,
  adults: msg`who is at work`,
  children: msg`what a student needs`,
  competencies: msg`who is trained`,
  overrides: msg`who may do something for this day`,
  restricted: msg`who may be with whom`,
  known: msg`who knows whom`,
}
