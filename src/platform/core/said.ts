/**
 * Sentences about somebody's files, each in one place: in English where the fault is found, and translated in the
 * catalogs of the screens under the same id. A reader says `said(…)`; a terminal prints `message`; a screen looks `says`
 * up in the person's language (platform/web/i18n/finding.ts). The comment before the sentence is how `lingui extract`
 * finds it.
 */

export interface Said {
  /** In English, with the values in it. */
  readonly message: string
  readonly says: {
    /** Of the sentence in the catalogs. */
    readonly id: string
    readonly values: Readonly<Record<string, string | number>>
  }
}

/** The names in braces. */
type Holes<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Holes<Rest>
  : never

/** A sentence with what stands in its braces. */
export function said<const Text extends string>(
  { id, message }: { readonly id: string; readonly message: Text },
  ...[values]: [Holes<Text>] extends [never] ? [] : [values: Readonly<Record<Holes<Text>, string | number>>]
): Said {
  const all: Readonly<Record<string, string | number>> = values ?? {}
  return {
    message: message.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(all[name])),
    says: { id, values: all },
  }
}
