import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { StoredRecord } from './envelope.ts'
import { createRegistry, partitionKey, scopeIdOf, type Kind, type View } from './registry.ts'

const note: Kind = {
  kind: 'test.note',
  v: 1,
  bodies: { 1: z.strictObject({ words: z.string() }) },
  refs: [],
  scope: 'student',
  tier: 'T2',
  action: 'create',
  standing: false,
  partition: (record) => `note:${record.id}`,
}

/** A kind in its third version: `text` became `words`, then a list. */
const grown: Kind = {
  ...note,
  kind: 'test.grown',
  v: 3,
  bodies: { 1: z.unknown(), 2: z.unknown(), 3: z.unknown() },
  upcasts: {
    1: (body) => ({ words: body['text'] ?? '' }),
    2: (body) => ({ words: [body['words'] ?? ''] }),
  },
}

const view = (name: string, kinds: readonly string[]): View => ({
  name,
  version: 1,
  kinds,
  fold: () => null,
  parent: () => '',
})

function stored(kind: string, v: number, body: StoredRecord['body']): StoredRecord {
  return {
    id: '018f0000-0000-7000-8000-000000000001',
    kind,
    v,
    body,
    student: '018f0000-0000-7000-8000-0000000000aa',
    refs: { group: 'g', thread: 't', school: 's', program: 'p' },
    at: '2026-11-03T14:52:00.000Z',
    tz: 'America/Chicago',
    device: '018f0000-0000-7000-8000-0000000000dd',
    seq: 1,
    ord: 1,
    mono: { boot: 'b', ms: 0 },
    digest: '',
    author: '018f0000-0000-7000-8000-0000000000bb',
    received: 1,
    aud: 1,
    pos: 1,
  }
}

describe('building the registry', () => {
  it('finds kinds, views, and the views of a kind', () => {
    const registry = createRegistry(
      [note, grown],
      [view('v.one', ['test.note']), view('v.two', ['test.note', 'test.grown'])],
    )
    expect(registry.kind('test.note')).toBe(note)
    expect(registry.kind('test.nothing')).toBeUndefined()
    expect(registry.view('v.two')?.name).toBe('v.two')
    expect(registry.view('v.three')).toBeUndefined()
    expect(registry.viewsOf('test.note').map((one) => one.name)).toEqual(['v.one', 'v.two'])
    expect(registry.viewsOf('test.grown').map((one) => one.name)).toEqual(['v.two'])
    expect(registry.viewsOf('test.nothing')).toEqual([])
  })

  it('refuses a kind or a view that is declared twice', () => {
    expect(() => createRegistry([note, note], [])).toThrow('test.note is declared twice')
    expect(() => createRegistry([note], [view('v', []), view('v', [])])).toThrow('v is declared twice')
  })

  it('refuses a view of a kind that nobody declared', () => {
    expect(() => createRegistry([note], [view('v', ['test.gone'])])).toThrow('unknown kind test.gone')
  })

  it('refuses a kind that cannot read its own older versions', () => {
    const gap: Kind = { ...grown, upcasts: { 1: (body) => body } }
    expect(() => createRegistry([gap], [])).toThrow('lacks the upcast from version 2')
  })
})

describe('reading a body in the current version', () => {
  const registry = createRegistry([note, grown], [])

  it('upcasts version by version and leaves the stored record alone', () => {
    const old = stored('test.grown', 1, { text: 'hello' })
    expect(registry.latest(old)).toEqual({ ...old, v: 3, body: { words: ['hello'] } })
    expect(old.body).toEqual({ text: 'hello' })
    expect(registry.latest(stored('test.grown', 2, { words: 'hi' }))?.body).toEqual({ words: ['hi'] })
  })

  it('hands out the current version as it is', () => {
    expect(registry.latest(stored('test.note', 1, { words: 'x' }))?.body).toEqual({ words: 'x' })
  })

  it('F13 does not guess at a newer version or an unknown kind', () => {
    expect(registry.latest(stored('test.grown', 4, {}))).toBeUndefined()
    expect(registry.latest(stored('test.gone', 1, {}))).toBeUndefined()
  })
})

describe('scopes and partitions', () => {
  const record = stored('test.note', 1, {})
  it.each([
    ['student', record.student],
    ['family', record.student],
    ['person', record.author],
    ['district', 'the district'],
    ['group', 'g'],
    ['thread', 't'],
    ['school', 's'],
  ] as const)('a record of scope %s belongs to %s', (scope, id) => {
    expect(scopeIdOf({ ...note, scope }, record, record.author, 'the district')).toBe(id)
  })

  it('a record that names no one of its scope has none', () => {
    const nobody = { ...record, student: null, refs: {} }
    for (const scope of ['student', 'family', 'group', 'thread', 'school'] as const)
      expect(scopeIdOf({ ...note, scope }, nobody, record.author, 'd')).toBeUndefined()
  })

  it('keeps students and tiers in partitions of their own', () => {
    expect(partitionKey(note, record, 'amari')).toBe(`amari/T2/note:${record.id}`)
    expect(partitionKey(note, record, 'bella')).not.toBe(partitionKey(note, record, 'amari'))
    expect(partitionKey({ ...note, tier: 'T4' }, record, 'amari')).not.toBe(
      partitionKey(note, record, 'amari'),
    )
  })
})
