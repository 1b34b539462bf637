/**
 * A program taken over to another student, without the first one's identity: names, initials and ids of students
 * leave every text, and what is the first student's own (how far they are, a care plan, who of their team must have
 * run it) is emptied. What was taken
 * out is listed, because software knows first names and initials and cannot know who else is meant. Pure.
 */
import { isUuid } from '../../platform/core/ids.ts'
import { readWorking, type LooseCell, type Working } from './working.ts'

export interface Identity {
  readonly id: string
  readonly initials: string
  /** First or preferred name. */
  readonly name: string
}

export interface Stripped {
  /** Where: `goal`, `examples`, `measure.steps` … */
  readonly key: string
  readonly before: string
  /** Empty when the whole was taken out. */
  readonly after: string
}

/** Fields of a measurement that say how far one student is, or how one student is cared for. */
const OWN: readonly string[] = ['current_step', 'skipped', 'target']
const CARE: { readonly [system: string]: readonly string[] } = {
  toileting: ['times'],
  feeding: ['plan', 'signed_by', 'valid_until', 'texture', 'liquid', 'position', 'equipment'],
  abc: ['behaviors'],
}

/**
 * The program for another student, and what was taken out.
 * @param students everybody whose name must not go along: not only the one it comes from.
 * @param stand what stands in the place of a name, in the reader's language: "the student".
 */
export function stripIdentity(
  working: Working,
  students: readonly Identity[],
  stand: string,
): { readonly working: Working; readonly stripped: readonly Stripped[] } {
  const stripped: Stripped[] = []
  const patterns = students.flatMap(patternsOf)
  const emptied = {
    ...working,
    measure: working.measure && withoutOwn(working.measure),
    mastery: working.mastery && { ...working.mastery, cells: working.mastery.cells.map(withoutPerson) },
  }
  return { working: readWorking(walk(emptied, [])), stripped }

  function walk(value: unknown, path: readonly string[]): unknown {
    if (typeof value === 'string') return clean(value, path)
    if (Array.isArray(value)) return value.map((one) => walk(one, path))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, [...path, key])]))
  }

  function clean(before: string, path: readonly string[]): string {
    let after = before
    for (const pattern of patterns) after = after.replace(pattern, stand)
    if (after === before) return before
    // a sentence that began with the name still begins with a capital
    if (after.startsWith(stand)) after = stand.charAt(0).toLocaleUpperCase() + after.slice(1)
    stripped.push({ key: path.slice(0, 2).join('.'), before, after })
    return after
  }

  /** A role is asked for on every team; a person works on one. */
  function withoutPerson(cell: LooseCell): LooseCell {
    if (!isUuid(cell.who)) return cell
    stripped.push({ key: 'mastery', before: cell.who, after: '' })
    return { ...cell, who: '' }
  }

  function withoutOwn(measure: NonNullable<Working['measure']>): NonNullable<Working['measure']> {
    const gone = [...OWN, ...(CARE[measure.system] ?? [])]
    const entries = Object.entries(measure).flatMap(([key, value]) => {
      const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
      if (!gone.includes(key) || isEmpty) return [[key, value] as const]
      stripped.push({
        key: `measure.${key}`,
        before: Array.isArray(value) ? value.join(', ') : String(value),
        after: '',
      })
      if (OWN.includes(key)) return []
      return [[key, Array.isArray(value) ? [] : ''] as const]
    })
    return { ...Object.fromEntries(entries), system: measure.system }
  }
}

/**
 * The name as a word of its own; the id; the initials with their dots, or bare capitals that are no time of day
 * ("9 AM").
 */
function patternsOf({ id, name, initials }: Identity): RegExp[] {
  const word = (text: string) => new RegExp(`(?<![\\p{L}\\p{N}])${text}(?![\\p{L}\\p{N}])`, 'gu')
  const letters = initials.match(/\p{L}/gu) ?? []
  return [
    ...(id === '' ? [] : [new RegExp(quoted(id), 'giu')]),
    ...(name.trim().length < 2 ? [] : [word(quoted(name.trim()))]),
    ...(letters.length < 2
      ? []
      : [
          new RegExp(`(?<![\\p{L}\\p{N}])${letters.map((one) => `${one}\\.`).join('\\s?')}`, 'gu'),
          new RegExp(`(?<![\\p{L}\\p{N}]|\\d\\s)${letters.join('')}(?![\\p{L}\\p{N}])`, 'gu'),
        ]),
  ]
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
