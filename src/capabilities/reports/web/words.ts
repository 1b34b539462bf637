/** Words of reports on screen, one table each. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Rating, ReleaseBody } from '../records.ts'
import type { Block } from '../sentence.ts'

export const RATING_WORDS: Readonly<Record<Rating, MessageDescriptor>> = {
  mastered: msg`Mastered`,
  sufficient: msg`Sufficient progress`,
  insufficient: msg`Insufficient progress`,
  not_introduced: msg`Not introduced yet`,
}

export const BLOCK_WORDS: Readonly<Record<Block, MessageDescriptor>> = {
  sentence_missing: msg`Say in one sentence what the data show.`,
  no_number: msg`Add a number: how many of how many, or the value now.`,
  vague: msg`“Making progress” and the like tell the family nothing by themselves. Put the number into the same sentence.`,
  rating_missing: msg`Choose a rating.`,
  change_missing: msg`Insufficient progress: say what will change.`,
}

export const HOW_WORDS: Readonly<Record<ReleaseBody['how'], MessageDescriptor>> = {
  handed: msg`Handed over`,
  sent_home: msg`Sent home`,
  meeting: msg`At a meeting`,
  mail: msg`By mail`,
}
