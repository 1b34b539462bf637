/**
 * What a screen shows instead of a name: initials and a quiet color. Works for names of every script, because
 * it counts what a reader calls a letter (a grapheme), not code units.
 */
import { sha256Hex } from '../../platform/core/canonical.ts'

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** `A.M.`: the first letter of each name given, in upper case; one letter for a single name; '' without a name. */
export function initialsOf(given: string, family: string): string {
  return [given, family]
    .map(firstLetter)
    .filter((letter) => letter !== '')
    .map((letter) => `${letter}.`)
    .join('')
}

/** 1–6, always the same for the same source id, so that a color does not change with an import. */
export function colorOf(sourceId: string): number {
  return (Number.parseInt(sha256Hex(sourceId).slice(0, 8), 16) % 6) + 1
}

/**
 * Marks before the first letter do not count (’t Hooft, ʻAukai), and a letter keeps its accents (Ñ, also when
 * written as N and a tilde). A name without any letter gives its first character.
 */
function firstLetter(name: string): string {
  const parts = [...graphemes.segment(name.normalize('NFC').trim())].map((part) => part.segment)
  const letter = parts.find((part) => /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{N}]/u.test(part)) ?? parts[0] ?? ''
  const upper = letter.toUpperCase()
  // Some letters have no single capital (ŉ, ß): then they stay as they are.
  return [...graphemes.segment(upper)].length > 1 ? letter : upper
}
