/**
 * The first wall by itself, without the database behind it: taken away, the second one would refuse the same, and no
 * test over both could tell (G7).
 */
import { describe, expect, it } from 'vitest'
import type { Json } from '../platform/core/canonical.ts'
import type { Envelope } from '../platform/records/envelope.ts'
import { examine } from '../platform/server/ingest-examine.ts'
import { judge, type Standing } from '../platform/server/ingest-judge.ts'
import { registry } from '../registry.ts'
import { DAY, device, id, MEASURE, NOW } from './school.ts'

const para = { district: id('district'), person: id('para'), roles: ['para'] }
const amari = id('amari')
const bella = id('bella')

const during = (role: string, from: number, to: number | null, student = amari) => ({
  student,
  role,
  from,
  to,
})
const standing = (over: Partial<Standing> = {}): Standing => ({
  spans: [during('para', NOW - 30 * DAY, null)],
  restrictions: [],
  records: new Map(),
  sizes: new Map(),
  auds: new Map(),
  wings: new Map(),
  foreign: new Set(),
  sealed: new Set(),
  high: new Map(),
  ...over,
})

describe('the first wall', () => {
  it('G7 takes what one recorded of a student one was with', () => {
    expect(verdict(trial())).toBeNull()
    expect(verdict(trial(), { spans: [during('para', NOW - DAY, NOW + DAY)] })).toBeNull()
  })

  it.each<[string, Partial<Standing>]>([
    ['without a relationship', { spans: [] }],
    ['with a relationship to another student', { spans: [during('para', NOW - DAY, null, bella)] }],
    ['with one that begins tomorrow', { spans: [during('para', NOW + DAY, null)] }],
    ['with one that ended yesterday', { spans: [during('para', NOW - 9 * DAY, NOW - DAY)] }],
    ['with a role that only reads', { spans: [during('bus', NOW - DAY, null)] }],
    ['with a role that reads whole schools', { spans: [during('coordinator', NOW - DAY, null)] }],
    ['with a role that nobody knows', { spans: [during('wizard', NOW - DAY, null)] }],
    ['under a restriction', { restrictions: [{ student: amari, from: NOW - DAY, to: null }] }],
  ])('G7 by itself refuses a record %s', (_, over) => {
    expect(verdict(trial(), over)).toBe('record.not_permitted')
  })

  it('G7 by itself refuses a para who publishes a plan, and lets a case manager', () => {
    expect(verdict(program())).toBe('record.not_permitted')
    expect(verdict(program(), { spans: [during('case_manager', NOW - DAY, null)] })).toBeNull()
  })
})

function verdict(envelope: Envelope, over: Partial<Standing> = {}) {
  const candidate = examine(registry, envelope, 0)
  if ('code' in candidate) throw new Error(candidate.code)
  return judge(candidate, para, standing(over), { now: NOW + 60_000, skew: 0 })
}

function trial(): Envelope {
  const refs = { session: id('session'), program: id('program') }
  return device(para).record('sessions.trial', { student: amari, refs, body: { n: 1, result: '+' } })
}

function program(): Envelope {
  return device(para).record('sessions.program', {
    student: amari,
    refs: { program: id('program') },
    body: {
      title: 'Requests',
      goal: 'Requests what is needed.',
      definition: 'Any form.',
      direction: 'increase',
      measure: MEASURE as unknown as Json,
      criterion: '80 % over 3 sessions',
      number: 1,
    },
  })
}
