/**
 * The periods in which minutes of a service are owed: weeks, months, quarters and terms. Quarters and terms are those of
 * the school's own calendar where an import told them; for days of which it says nothing they are fixed parts of a year
 * from August to July. Pure.
 */
import { addDays, daysBetween, weekday, type Day } from '../../platform/core/days.ts'
import type { Per } from './model.ts'

export interface Period {
  readonly from: Day
  /** The last day. */
  readonly to: Day
  /** The whole of which this is what the school's own terms leave; absent: it is whole. */
  readonly of?: { readonly from: Day; readonly to: Day }
}

/** A school's own quarters and terms, ascending, none over another. */
export interface Terms {
  readonly quarter: readonly Period[]
  readonly term: readonly Period[]
}

export const NO_TERMS: Terms = { quarter: [], term: [] }

/**
 * Quarters and terms among the sessions of a school's calendar. Systems call them by any name (a grading period may be
 * six weeks or a year), so their length tells: a quarter is about nine weeks with its holidays, a trimester twelve or
 * more, a semester eighteen. What is shorter or longer (a progress period, a summer session, the year) is neither. Of two
 * that lie over each other the earlier counts, and of two that begin together the longer.
 */
export function termsFrom(sessions: readonly { readonly from: Day; readonly to: Day }[]): Terms {
  const lasting = ([least, most]: readonly [number, number]): Period[] => {
    const kept: Period[] = []
    const fitting = sessions.filter(({ from, to }) => {
      const days = daysBetween(from, to) + 1
      return least <= days && days <= most
    })
    for (const { from, to } of fitting.toSorted((a, b) => compare(a.from, b.from) || compare(b.to, a.to)))
      if ((kept.at(-1)?.to ?? '') < from) kept.push({ from, to })
    return kept
  }
  return { quarter: lasting(QUARTER_DAYS), term: lasting(TERM_DAYS) }
}
const QUARTER_DAYS = [50, 80] as const
const TERM_DAYS = [81, 200] as const

/**
 * The period of a day. Weeks begin on Monday; a service by the day is looked at by the week. Without terms of its own a
 * school has quarters of three months and terms of six, from August; beside terms it has, what is left of those.
 */
export function periodOf(per: Per, day: Day, terms: Terms = NO_TERMS): Period {
  if (per === 'day' || per === 'week') {
    const monday = addDays(day, 1 - weekday(day))
    return { from: monday, to: addDays(monday, 6) }
  }
  const months = { month: 1, quarter: 3, term: 6 }[per]
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  const first = month - ((month + 12 - AUGUST) % months)
  const whole = { from: firstOf(first), to: addDays(firstOf(first + months), -1) }
  if (per === 'month') return whole
  const own = terms[per]
  const mine = own.find(({ from, to }) => from <= day && day <= to)
  if (mine) return mine
  const before = own.findLast(({ to }) => to < day)
  const after = own.find(({ from }) => from > day)
  const from = before && before.to >= whole.from ? addDays(before.to, 1) : whole.from
  const to = after && after.from <= whole.to ? addDays(after.from, -1) : whole.to
  return from === whole.from && to === whole.to ? whole : { from, to, of: whole }
}
const AUGUST = 7

/** The first day of the school year of a day. */
export function yearOf(day: Day): Day {
  const year = Number(day.slice(0, 4))
  return Number(day.slice(5, 7)) - 1 >= AUGUST ? `${year}-08-01` : `${year - 1}-08-01`
}

function firstOf(month: number): Day {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`
}

function compare(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0
}
