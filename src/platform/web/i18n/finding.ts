/** What was wrong with somebody's file, in the person's language; what has no sentence of its own stays as it came. */
import type { I18n } from '@lingui/core'
import type { z } from 'zod'
import type { FindingShape } from '../../records/finding.ts'

export function findingWords(
  i18n: I18n,
  { message, says }: Pick<z.infer<typeof FindingShape>, 'message' | 'says'>,
): string {
  return says && Object.hasOwn(i18n.messages, says.id) ? i18n._(says.id, says.values) : message
}
