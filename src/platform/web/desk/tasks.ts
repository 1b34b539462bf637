/** What people call the tasks that somebody is trained for. One that a school named itself is shown as it named it. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

const TASKS: Readonly<Record<string, MessageDescriptor>> = {
  feeding: msg`feeding`,
  toileting: msg`toileting`,
  lift: msg`lifting`,
  positioning: msg`positioning`,
  seizure: msg`seizures`,
  seizure_medication: msg`seizure medication`,
  medication: msg`medication`,
  behavior_plan: msg`the behavior plan`,
  crisis_prevention: msg`crisis prevention`,
  reading_program: msg`the reading program`,
}
export const KNOWN_TASKS = Object.keys(TASKS)

export function taskName(i18n: I18n, task: string): string {
  const known = TASKS[task]
  return known ? i18n._(known) : task.replaceAll('_', ' ')
}

export function taskNames(i18n: I18n, tasks: readonly string[]): string {
  return tasks.map((task) => taskName(i18n, task)).join(', ')
}
