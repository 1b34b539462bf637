/**
 * From the lines of a session to what counts: which records its measurement can hold, and which of the systems beside
 * this file makes items and a value of them. What stands but must not count is set aside with the reason, so that a
 * screen can show it.
 */
import type { StoredRecord } from '../../platform/records/envelope.ts'
import type { Line } from './lines.ts'
import { placesOf } from './pad.ts'
import { MarkBody, MomentBody, StepBody, TallyBody, TrialBody, type Measure, type System } from './records.ts'
import type { SessionItem } from './state.ts'
import { duration } from './systems/duration.ts'
import { checklist, intervals, probe, rubric, selfMonitoring } from './systems/marks.ts'
import { count, intensity } from './systems/occurrences.ts'
import { irt, latency } from './systems/responses.ts'
import { aside, pair, type Aside, type Candidate, type Counted, type Lines } from './systems/system.ts'
import { cbm, product } from './systems/timed.ts'
import { trials } from './systems/trials.ts'

export interface ItemsInput extends Omit<Lines, 'candidates'> {
  readonly measure: Measure
  /** Lines of the device that started the session. */
  readonly own: readonly Line[]
}

/** What counts, what is set aside, and the value. */
export function itemsOf({ own, ...input }: ItemsInput): Counted {
  const candidates: Candidate[] = []
  const others: Aside[] = []
  for (const line of own) {
    const item = itemOf(line.record)
    if (item && fits(line.record, item, input.measure)) candidates.push({ line, item })
    else if (item) others.push(aside(item, 'not_of_measure'))
  }
  const counted = countedBy({ ...input, candidates })
  return { ...counted, aside: [...counted.aside, ...others] }
}

function countedBy({ measure, ...rest }: Lines & { measure: Measure }): Counted {
  switch (measure.system) {
    case 'trials':
    case 'steps':
    case 'opportunities':
      return trials({ measure, ...rest })
    case 'count':
      return count({ measure, ...rest })
    case 'duration':
      return duration({ measure, ...rest })
    case 'latency':
      return latency({ measure, ...rest })
    case 'irt':
      return irt({ measure, ...rest })
    case 'interval':
      return intervals({ measure, ...rest })
    case 'rubric':
      return rubric({ measure, ...rest })
    case 'product':
      return product({ measure, ...rest })
    case 'cbm':
      return cbm({ measure, ...rest })
    case 'probe':
      return probe({ measure, ...rest })
    case 'intensity':
      return intensity({ measure, ...rest })
    case 'checklist':
      return checklist({ measure, ...rest })
    case 'self':
      return selfMonitoring({ measure, ...rest })
    default:
      return { items: [], aside: [], value: pair(0, 0) }
  }
}

/** The item that a record's body says; null for records that are none (a start, a pause) or cannot be read. */
export function itemOf(record: StoredRecord): SessionItem | null {
  const base = { id: record.id, at: record.at, clock: null }
  switch (record.kind) {
    case 'sessions.occurrence':
      return { ...base, n: 0, ...coded('1') }
    case 'sessions.trial': {
      const body = TrialBody.safeParse(record.body).data
      return body ? { ...base, n: body.n, ...coded(body.result, body.level) } : null
    }
    case 'sessions.step': {
      const body = StepBody.safeParse(record.body).data
      return body ? { ...base, n: body.step, ...coded(body.result, body.level) } : null
    }
    case 'sessions.mark': {
      const body = MarkBody.safeParse(record.body).data
      return body ? { ...base, n: body.n, ...coded(body.code), ...(body.who ? { who: body.who } : {}) } : null
    }
    case 'sessions.moment': {
      const body = MomentBody.safeParse(record.body).data
      const estimated = body?.estimated ? { estimated: true as const } : {}
      return body ? { ...base, n: body.n ?? 0, ...coded(body.code), ...estimated } : null
    }
    case 'sessions.tally': {
      const body = TallyBody.safeParse(record.body).data
      if (!body) return null
      const { count, errors, seconds, approximate } = body
      return {
        ...base,
        n: 0,
        ...coded('1'),
        count,
        ...(errors === undefined ? {} : { errors }),
        ...(seconds === undefined ? {} : { ms: Math.round(seconds * 1000) }),
        ...(approximate ? { approximate } : {}),
      }
    }
    default:
      return null
  }
}

/** Result and level as one code: only a right or a wrong answer is told apart by its prompt. */
function coded(result: string, level?: string): Pick<SessionItem, 'code' | 'result' | 'level'> {
  const prompt = level === undefined || level === '' ? null : level
  const code = prompt !== null && (result === '+' || result === '-') ? result + prompt : result
  return { code, result, level: prompt }
}

/** Nouns of records that each system can hold, and their codes; null = whatever the body's schema allows. */
const HELD: { readonly [S in System]?: { readonly [noun: string]: readonly string[] | null } } = {
  trials: { trial: null },
  opportunities: { trial: null },
  steps: { step: null },
  count: { occurrence: null, tally: null },
  duration: { moment: ['on', 'off'] },
  latency: { moment: ['cue', 'on'] },
  irt: { moment: ['on', 'off'] },
  interval: { mark: ['1', '0'] },
  rubric: { mark: null },
  product: { mark: ['+', '-'], tally: null },
  cbm: { mark: ['err', 'sc', 'skip'], moment: ['begin', 'stop', 'last'], tally: null },
  probe: { mark: ['Y', 'N'] },
  intensity: { moment: null },
  checklist: { mark: ['yes', 'no', 'NA'] },
  self: { mark: ['1', '0'] },
}

function fits(record: StoredRecord, item: SessionItem, measure: Measure): boolean {
  const codes = HELD[measure.system]?.[record.kind.slice('sessions.'.length)]
  if (codes === undefined || (codes && !codes.includes(item.code)) || item.n > placesOf(measure)) return false
  switch (measure.system) {
    case 'rubric':
      return /^\d$/.test(item.code) && Number(item.code) < (measure.items[item.n - 1]?.anchors.length ?? 0)
    case 'intensity':
      return /^\d$/.test(item.code) && item.code !== '0' && Number(item.code) <= measure.anchors.length
    case 'cbm':
      return item.code !== 'last' || item.n > 0
    default:
      return (item.who !== undefined) === (measure.system === 'self')
  }
}
