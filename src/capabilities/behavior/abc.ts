/**
 * The picklists of descriptive records (domain C.4). Codes are stable and lie in the data; words belong to the screen.
 * They say what was seen: what came before, what happened, what came after, and never why.
 *
 * Menstruation, which the domain lists among the setting events, is of tier T4 and has no place in a record of T3.
 */
export const SETTING_EVENTS = [
  'poor_sleep',
  'hunger',
  'illness_pain',
  /** As reported by the nurse or the family only. */
  'medication_reported',
  'schedule_change',
  'new_adult',
  'conflict_reported',
  'noise_crowd',
  'indoor_day',
] as const

export const ANTECEDENTS = [
  'demand_academic',
  'demand_other',
  'difficult_task',
  'transition',
  'denied',
  'wait',
  'attention_removed',
  'attention_given',
  'peer_conflict',
  'item_removed',
  'unstructured',
  'sensory',
  'corrected',
  'alone',
  'not_seen',
] as const

/** After the student's own defined behaviors, which are `own:1`, `own:2` … */
export const BEHAVIORS = [
  'aggression_staff',
  'aggression_peer',
  'self_injury',
  'property',
  'elopement',
  'disruption_verbal',
  'disruption_motor',
  'non_completion',
  'stereotypy',
  'disrobing',
  'mouthing',
  'other',
] as const

/** What happened next, which is not the same as a punishment. */
export const CONSEQUENCES = [
  'attention_comfort',
  'attention_correction',
  'attention_peer',
  'task_reduced',
  'break_given',
  'task_continued',
  'item_given',
  'item_removed',
  'redirected',
  'planned_ignoring',
  'replacement_prompted',
  'left_area',
  'calm_space',
  'help_called',
  'other',
] as const
