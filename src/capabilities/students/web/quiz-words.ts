/** The questions of a brief and their answers in words. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Answer, Question } from '../brief.ts'
import type { GlanceBody, SafetyBody } from '../records.ts'
import { CONDITION, HANDED_TO, HELP_WITH } from './plan-words.ts'
import { LEVEL_MEANS } from './words.ts'

/** What is asked, of a student by their initials. */
export function questionWords(i18n: I18n, question: Question, initials: string): string {
  switch (question.ask) {
    case 'release':
      return i18n._(msg`Who may you hand ${initials} to at the end of the day?`)
    case 'leaves':
      return i18n._(msg`You see ${initials} walk out of the room. What do you do?`)
    case 'supervision':
      return i18n._(msg`How near do you stay to ${initials}?`)
    case 'health': {
      const condition = i18n._(CONDITION[question.condition ?? 'other'])
      return i18n._(msg`${condition}, ${initials}: what do you do first?`)
    }
    case 'behavior':
      return i18n._(msg`${initials} begins to be upset. What do you do?`)
    case 'help': {
      const task = i18n._(HELP_WITH[question.task ?? 'feeding'])
      return i18n._(msg`${initials} needs help: ${task}. Who gives it?`)
    }
    case 'private':
      return i18n._(ABOUT[rightCode(question)] ?? msg`What is right?`)
  }
}

/** An answer: its own words, or those of its code. */
export function answerWords(i18n: I18n, answer: Answer): string {
  if ('text' in answer) return answer.text
  const [ask, code = ''] = answer.code.split('.')
  if (ask === 'release') return i18n._(HANDED_TO[code as GlanceBody['release']['to']])
  if (ask === 'supervision') return i18n._(LEVEL_MEANS[code as SafetyBody['supervision']])
  const words = ANSWER[answer.code]
  return words ? i18n._(words) : answer.code
}

function rightCode({ answers, right }: Question): string {
  const answer = answers[right]
  return answer && 'code' in answer ? answer.code : ''
}

const ABOUT: Readonly<Record<string, MessageDescriptor>> = {
  'private.teacher': msg`A parent at the door asks how the day went. What do you do?`,
  'private.no_photo': msg`A student did something lovely. May you take a picture with your phone?`,
  'private.ask': msg`You are not sure what a plan means. What do you do?`,
}

const ANSWER: Readonly<Record<string, MessageDescriptor>> = {
  'leaves.follow': msg`Follow at a safe distance, keep in sight, call for help`,
  'leaves.wait': msg`Wait a few minutes: most come back`,
  'leaves.chase': msg`Run after and shout the name`,
  'help.cleared': msg`Only an adult who is trained for it; I call one`,
  'help.anybody': msg`Any adult who has time`,
  'help.try': msg`I try, carefully`,
  'behavior.louder': msg`Say the direction again, louder`,
  'behavior.crowd': msg`Bring the class closer to calm the student`,
  'private.teacher': msg`Say kindly that the teacher will be in touch`,
  'private.parent': msg`Tell them what I saw`,
  'private.friend': msg`Tell them what another student did`,
  'private.no_photo': msg`No; I tell the teacher about it`,
  'private.photo_team': msg`Yes, if only the team sees it`,
  'private.photo_delete': msg`Yes, if I delete it later`,
  'private.ask': msg`Ask the teacher before I act`,
  'private.guess': msg`Do what worked with other students`,
  'private.child': msg`Ask the other students`,
  'health.seizure_spoon': msg`Put something soft between the teeth`,
  'health.seizure_walk': msg`Help the student up and walk to the nurse`,
  'health.anaphylaxis_wait': msg`Wait 10 minutes and look again`,
  'health.anaphylaxis_walk': msg`Walk to the nurse together`,
  'health.diabetes_send': msg`Send the student to the nurse`,
  'health.diabetes_wait': msg`Wait for lunch`,
  'health.asthma_run': msg`Keep the student moving`,
  'health.asthma_wait': msg`Wait until it passes`,
  'health.tube_back': msg`Push the tube back in`,
  'health.heat_run': msg`Let the student finish the game`,
  'health.any_wait': msg`Wait until it passes`,
  'health.any_sleep': msg`Let the student lie down and sleep`,
}
