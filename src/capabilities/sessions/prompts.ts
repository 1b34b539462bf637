/** The order of a program's own prompts (domain C.1): it is not the same everywhere. */
import type { PromptScheme } from './measures.ts'

/** Codes of the prompts that help no more than this one, itself among them; none when the scheme does not have it. */
export function helpWithin(
  {
    direction,
    levels,
  }: { readonly direction: PromptScheme['direction']; readonly levels: readonly { readonly code: string }[] },
  level: string,
): readonly string[] {
  const codes = levels.map(({ code }) => code)
  const fromLeast = direction === 'most_to_least' || direction === 'graduated' ? codes.toReversed() : codes
  return fromLeast.slice(0, fromLeast.indexOf(level) + 1)
}
