/**
 * The sentence that a school sets before everybody for a day, a week, a month (domain A, 1.1). Pure: the day is handed in.
 * Several may hold on a day: that of the shortest time is the one that is meant, and of equal ones the one said last.
 */
import { daysBetween, type Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'

export interface Focus {
  readonly school: Uuid
  readonly from: Day
  /** The last day on which it holds. */
  readonly to: Day
  /** By language; always with English. */
  readonly words: { readonly [language: string]: string }
}

/** The focus of each school on a day, in the order of the list. The list: as it was said, the oldest first. */
export function focusOn<One extends Focus>(list: readonly One[], day: Day): One[] {
  const best = new Map<Uuid, One>()
  for (const one of list) {
    if (day < one.from || day > one.to) continue
    const known = best.get(one.school)
    if (!known || daysBetween(one.from, one.to) <= daysBetween(known.from, known.to))
      best.set(one.school, one)
  }
  return [...best.values()]
}

/** In the reader's language, else as it was said first of all. */
export function wordsOfFocus(
  { words }: Pick<Focus, 'words'>,
  language: string,
): { text: string; lang: string } {
  const lang = words[language] ? language : 'en'
  return { text: words[lang] ?? '', lang }
}
