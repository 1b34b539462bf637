/**
 * Who works with whom, worked out from who is in which class when: every adult of a class with every student of
 * it, for the days on which both are. These rows open student data, so a doubt makes them shorter, never longer.
 * Called by oneroster.ts.
 */
import { addDays, type Day } from '../../platform/core/days.ts'
import type { Uuid } from '../../platform/core/ids.ts'
import type { Relationship, Role } from './model.ts'
import { earliest, latest, type Midnights } from './oneroster-days.ts'

/** One adult's or student's time in one class; both days belong to it, null = no limit known. */
export interface Stay {
  readonly section: string
  readonly title: string
  readonly who: Uuid
  readonly sourceId: string
  readonly role: Role
  readonly from: Day | null
  readonly to: Day | null
  /** It was cut off: access ends at once, not with the day. */
  readonly cut: boolean
}

interface Span {
  from: Day | null
  to: Day | null
  cut: boolean
  readonly titles: Set<string>
}

/**
 * One relationship for each adult, student and role, and more where there is a gap of a day or more between
 * their times. A time without a beginning begins `now`, because a roster without dates tells only the present.
 */
export function relationshipsOf(
  adults: readonly Stay[],
  students: readonly Stay[],
  options: {
    readonly ids: (type: string, sourceId: string) => Uuid
    readonly now: string
    readonly days: Midnights
  },
): Relationship[] {
  const bySection = Map.groupBy(students, (stay) => stay.section)

  const pairs = new Map<string, { adult: Stay; student: Stay; spans: Span[] }>()
  for (const adult of adults) {
    for (const student of bySection.get(adult.section) ?? []) {
      const span = overlap(adult, student)
      if (!span) continue
      const key = JSON.stringify([adult.sourceId, student.sourceId, adult.role])
      const pair = pairs.get(key)
      if (pair) pair.spans.push(span)
      else pairs.set(key, { adult, student, spans: [span] })
    }
  }

  const relationships: Relationship[] = []
  for (const [key, { adult, student, spans }] of pairs) {
    for (const span of merged(spans)) {
      const from = span.from === null ? options.now : options.days.startOf(span.from)
      const end = span.to === null ? null : options.days.endOf(span.to)
      const to = span.cut && (end === null || end > options.now) ? options.now : end
      if (to !== null && to <= from) continue
      relationships.push({
        id: options.ids('relationship', `${key}${span.from ?? ''}`),
        person: adult.who,
        student: student.who,
        role: adult.role,
        from,
        to,
        source: 'import',
        why: [...span.titles].join(', '),
      })
    }
  }
  return relationships
}

function overlap(adult: Stay, student: Stay): Span | null {
  const from = latest([adult.from, student.from])
  const to = earliest([adult.to, student.to])
  if (from !== null && to !== null && from > to) return null
  const cut = [adult, student].some((stay) => stay.cut && stay.to === to)
  return { from, to, cut, titles: new Set([adult.title]) }
}

/** Spans that touch or overlap become one. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans.toSorted((a, b) => compare(a.from ?? '', b.from ?? ''))) {
    const last = result.at(-1)
    const touches = last && (last.to === null || span.from === null || span.from <= addDays(last.to, 1))
    if (!last || !touches) {
      result.push({ ...span, titles: new Set(span.titles) })
      continue
    }
    for (const title of span.titles) last.titles.add(title)
    if (last.to !== null && (span.to === null || span.to > last.to)) {
      last.to = span.to
      last.cut = span.cut
    } else if (last.to === span.to) {
      last.cut &&= span.cut
    }
  }
  return result
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
