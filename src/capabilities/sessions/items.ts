/**
 * From the lines of a session to its items: one per trial number, one per step, one per occurrence. What stands
 * but must not count is set aside with the reason, so that a screen can show it.
 */
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { compareRecords } from '../../platform/records/settle.ts'
import { clockAt, elapsed, isCaptured, type Span } from './clock.ts'
import { deviceOrder, precedes, type Line } from './lines.ts'
import { isRapid } from './pad.ts'
import { StepBody, TrialBody, type Measure } from './records.ts'
import type { AsideReason, SessionItem } from './state.ts'

export type Aside = SessionItem & { readonly why: AsideReason }

export interface Items {
  readonly items: readonly SessionItem[]
  readonly aside: readonly Aside[]
}

export interface ItemsInput {
  readonly measure: Measure
  /** Lines of the device that started the session. */
  readonly own: readonly Line[]
  /** Every record of that device in the session, voided ones too. */
  readonly history: readonly StoredRecord[]
  readonly spans: readonly Span[]
  readonly end: Line | null
}

interface Candidate {
  readonly line: Line
  readonly item: SessionItem
}

/** What counts and what is set aside. */
export function itemsOf(input: ItemsInput): Items {
  const candidates = input.own.flatMap((line): Candidate[] => {
    const item = itemOf(line.record)
    return item ? [{ line, item }] : []
  })
  const fitting: Candidate[] = []
  const others: Aside[] = []
  for (const candidate of candidates)
    if (fits(candidate.line.record.kind, candidate.item, input.measure)) fitting.push(candidate)
    else others.push({ ...candidate.item, why: 'not_of_measure' })
  const { items, aside } = input.measure.system === 'count' ? occurrences(input, fitting) : places(fitting)
  return { items, aside: [...aside, ...others] }
}

/** The item that a record's body says; null for records that are none (a start, a pause) or cannot be read. */
export function itemOf(record: StoredRecord): SessionItem | null {
  const base = { id: record.id, at: record.at, clock: null }
  if (record.kind === 'sessions.occurrence') return { ...base, n: 0, code: '1', result: '1', level: null }
  if (record.kind === 'sessions.trial') {
    const body = TrialBody.safeParse(record.body).data
    return body ? { ...base, n: body.n, ...coded(body.result, body.level) } : null
  }
  if (record.kind === 'sessions.step') {
    const body = StepBody.safeParse(record.body).data
    return body ? { ...base, n: body.step, ...coded(body.result, body.level) } : null
  }
  return null
}

/** Result and level as one code: only a right or a wrong answer is told apart by its prompt. */
function coded(result: string, level: string | undefined): Pick<SessionItem, 'code' | 'result' | 'level'> {
  const prompt = level === undefined || level === '' ? null : level
  const code = prompt !== null && (result === '+' || result === '-') ? result + prompt : result
  return { code, result, level: prompt }
}

function fits(kind: string, item: SessionItem, measure: Measure): boolean {
  switch (measure.system) {
    case 'trials':
      return kind === 'sessions.trial'
    case 'steps':
      return kind === 'sessions.step' && item.n <= measure.steps.length
    case 'count':
      return kind === 'sessions.occurrence'
    default:
      return false
  }
}

/** Two records of one trial or step are one act coded twice: the later act stands. */
function places(candidates: readonly Candidate[]): Items {
  const standing = new Map<number, SessionItem>()
  const aside: Aside[] = []
  for (const { item } of candidates.toSorted((a, b) => compareRecords(a.line.record, b.line.record))) {
    const earlier = standing.get(item.n)
    if (earlier) aside.push({ ...earlier, why: 'coded_twice' })
    standing.set(item.n, item)
  }
  return { items: [...standing.values()].sort((a, b) => a.n - b.n), aside }
}

/** Occurrences in the order of the observation clock; those typed in later take their place in time. */
function occurrences(input: ItemsInput, candidates: readonly Candidate[]): Items {
  const rapid = rapidTaps(input)
  const items: (SessionItem & { clock: number })[] = []
  const aside: Aside[] = []
  for (const { line, item } of candidates) {
    const clock = clockAt(input.spans, line)
    if (rapid.has(line.record.id)) aside.push({ ...item, why: 'double_tap' })
    else if (clock !== null) items.push({ ...item, clock })
    else if (input.end && !precedes(line, input.end)) aside.push({ ...item, why: 'after_end' })
    else aside.push({ ...item, why: 'outside_clock' })
  }
  items.sort((a, b) => a.clock - b.clock)
  return { items: items.map((item, index) => ({ ...item, n: index + 1 })), aside }
}

/**
 * Ids of second taps. Voided taps are looked at too: undoing a tap must not bring to life the bounce after it.
 * What was typed in later is no tap, and a correction of a second tap says that it was meant.
 */
function rapidTaps({ measure, history }: ItemsInput): ReadonlySet<string> {
  const taps = history
    .filter((record) => record.kind === 'sessions.occurrence' && isCaptured(record))
    .map((record) => ({ record, origin: record }))
    .sort(deviceOrder)
  const rapid = new Set<string>()
  let kept: StoredRecord | null = null
  for (const { record } of taps) {
    const sameRun: boolean = kept !== null && kept.mono.boot === record.mono.boot
    if (kept && sameRun && isRapid(0, elapsed(kept, record).ms, measure)) rapid.add(record.id)
    else kept = record
  }
  return rapid
}
