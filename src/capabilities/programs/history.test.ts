import { describe, expect, test } from 'vitest'
import type { Json } from '../../platform/core/canonical.ts'
import { uuidOf } from '../../platform/core/ids.ts'
import type { StoredRecord } from '../../platform/records/envelope.ts'
import { settle } from '../../platform/records/settle.ts'
import { draftsView } from './drafts.ts'
import { historyOf } from './history.ts'

const DANA = uuidOf('dana')
const SAM = uuidOf('sam')
const STUDENT = uuidOf('student')
const PROGRAM = uuidOf('program')

let seq = 0
function record(
  kind: string,
  author: string,
  body: object,
  over: { name?: string; base?: string; received?: number | null; after?: string; device?: string } = {},
): StoredRecord {
  seq += 1
  const time = Date.parse('2026-11-03T14:00:00.000Z') + seq * 60_000
  const { name = `${kind} ${seq}`, base, received = time, after, device = author } = over
  return {
    id: uuidOf(name),
    kind,
    v: 1,
    body: body as { readonly [key: string]: Json },
    student: STUDENT,
    refs: {
      program: PROGRAM,
      ...(base === undefined ? {} : { base: uuidOf(base) }),
      ...(after === undefined ? {} : { after: uuidOf(after) }),
    },
    at: new Date(time).toISOString(),
    tz: 'America/Chicago',
    device,
    seq,
    ord: time,
    mono: { boot: author, ms: seq },
    digest: '',
    author,
    received,
    aud: null,
    pos: null,
  }
}
const version = (name: string, number: number, author: string, base?: string, received?: number | null) => {
  const body = {
    title: name,
    goal: 'g',
    definition: 'd',
    direction: 'increase',
    criterion: 'c',
    number,
    measure: { system: 'probe' },
  }
  const over = {
    name,
    ...(base === undefined ? {} : { base }),
    ...(received === undefined ? {} : { received }),
  }
  return record('sessions.program', author, body, over)
}
const draft = (author: string, title: string, base: number) =>
  record('sessions.draft', author, { program: title === '' ? {} : { title }, base })
const titles = (records: readonly StoredRecord[]) => {
  const { standing, rivals } = historyOf(records)
  return { standing: standing?.body.title, rivals: rivals.map(({ body }) => body.title) }
}

describe('versions', () => {
  test('one after the other: the last stands, nobody disagrees', () => {
    const all = [version('v1', 1, DANA), version('v2', 2, SAM, 'v1'), version('v3', 3, DANA, 'v2')]
    expect(titles(all)).toEqual({ standing: 'v3', rivals: [] })
    expect(titles(all.toReversed())).toEqual({ standing: 'v3', rivals: [] })
    expect(historyOf([])).toEqual({ versions: [], standing: null, rivals: [] })
  })

  test('F37 semantics 2.6: two successors of one base are a conflict, until one of them is gone on from', () => {
    const all = [version('v1', 1, DANA), version('by Sam', 2, SAM, 'v1'), version('by Dana', 2, DANA, 'v1')]
    expect(titles(all)).toEqual({ standing: 'by Dana', rivals: ['by Sam'] })
    const chosen = version('chosen', 3, DANA, 'by Sam')
    expect(titles([...all, chosen])).toEqual({ standing: 'chosen', rivals: [] })
  })

  test('F37 a version that comes after the choice was made is a conflict again', () => {
    const all = [version('v1', 1, DANA), version('v2', 2, DANA, 'v1'), version('v3', 3, DANA, 'v2')]
    const late = version('made on a trip', 2, SAM, 'v1')
    expect(titles([...all, late])).toEqual({ standing: 'v3', rivals: ['made on a trip'] })
    const unsent = version('not sent', 2, SAM, 'v1', null)
    expect(titles([...all, unsent])).toEqual({ standing: 'v3', rivals: ['not sent'] })
  })
})

describe('drafts', () => {
  const open = (...records: StoredRecord[]) =>
    draftsView.fold(settle(records))?.drafts.map(({ author, title, base }) => [author, title, base]) ?? null

  test('each person’s latest, until that person publishes from it', () => {
    expect(open(draft(DANA, 'a', 0), draft(DANA, 'b', 0))).toEqual([[DANA, 'b', 0]])
    expect(open(draft(DANA, 'a', 0), version('v1', 1, DANA))).toBeNull()
    expect(open(draft(DANA, 'a', 0), version('v1', 1, DANA), draft(DANA, 'c', 1))).toEqual([[DANA, 'c', 1]])
  })

  test('F37 two of one person’s from two devices both stand, until one goes on from the other or is set aside', () => {
    const from = (name: string, title: string, over: { after?: string; device?: string } = {}) =>
      record('sessions.draft', DANA, { program: title === '' ? {} : { title }, base: 1 }, { name, ...over })
    const both = () => [
      version('v1', 1, DANA),
      from('desk 1', 'at the desk', { device: 'desk' }),
      // the tablet had no network, and knew nothing of the desk's
      from('tablet 1', 'on the tablet', { device: 'tablet' }),
      from('desk 2', 'at the desk, more', { device: 'desk', after: 'desk 1' }),
    ]
    // what comes later is made later
    const titles = (...later: (() => StoredRecord)[]) =>
      open(...both(), ...later.map((make) => make()))?.map(([, title]) => title)
    expect(titles()).toEqual(['on the tablet', 'at the desk, more'])
    // in the order of arrival or the other way round
    expect(draftsView.fold(settle(both().toReversed()))?.drafts).toHaveLength(2)
    const setAside = () => from('tablet 2', '', { device: 'desk', after: 'tablet 1' })
    expect(titles(setAside)).toEqual(['at the desk, more'])
    const goneOn = () => from('desk 3', 'the tablet’s, more', { device: 'desk', after: 'tablet 1' })
    expect(titles(goneOn)).toEqual(['at the desk, more', 'the tablet’s, more'])
    expect(titles(() => version('v2', 2, SAM, 'v1'))).toHaveLength(2)
    expect(titles(() => version('v2', 2, DANA, 'v1'))).toBeUndefined()
  })

  test('what somebody else publishes takes no draft away', () => {
    const all = [
      version('v1', 1, DANA),
      draft(DANA, 'mine', 1),
      draft(SAM, 'his', 1),
      version('v2', 2, SAM, 'v1'),
    ]
    expect(open(...all)).toEqual([[DANA, 'mine', 1]])
  })

  test('one that is set aside is gone, and comes back', () => {
    expect(open(draft(DANA, 'a', 0), draft(DANA, '', 0))).toBeNull()
    expect(open(draft(DANA, 'a', 0), draft(DANA, '', 0), draft(DANA, 'a', 0))).toEqual([[DANA, 'a', 0]])
  })

  test('it belongs to the student, and says what is published', () => {
    const state = draftsView.fold(settle([version('v1', 1, SAM), draft(DANA, 'new words', 1)]))
    expect(state).toMatchObject({ program: PROGRAM, student: STUDENT, published: 'v1' })
    expect(state && draftsView.parent(state)).toBe(`student:${STUDENT}`)
  })
})
