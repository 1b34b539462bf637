/** What every storage port must do. Run against memory in Node (memory.test.ts) and Dexie in Chromium (dexie.browser.test.ts). */
import { beforeEach, describe, expect, it } from 'vitest'
import type { MetaRow, RecordRow, StoragePort, SummaryRow } from './port.ts'

export function describePort(
  name: string,
  openFresh: () => Promise<{ open: () => Promise<StoragePort> }>,
): void {
  describe(`storage port: ${name}`, () => {
    let port: StoragePort
    let open: () => Promise<StoragePort>
    beforeEach(async () => {
      ;({ open } = await openFresh())
      port = await open()
    })

    it('gives back what was put, equal and not the same', async () => {
      const row: MetaRow = { name: 'a', data: { deep: [1, 'two', null] } }
      await port.transact('write', ['meta'], (tx) => tx.meta.put([row]))
      const found = await port.transact('read', ['meta'], (tx) => tx.meta.get('a'))
      expect(found).toEqual(row)
      expect(found).not.toBe(row)
    })

    it('keeps keys that cannot be read out, and sealed bytes as they are', async () => {
      const usages: KeyUsage[] = ['encrypt', 'decrypt']
      const algorithm = { name: 'AES-GCM', length: 256 }
      const cipher = await crypto.subtle.generateKey(algorithm, false, usages)
      const row = { name: 'data/1', number: 1, wrapped: data, live: { cipher, mac: cipher } } as const
      await port.transact('write', ['keys'], (tx) => tx.keys.put([row]))
      port.close()
      port = await open()
      const found = await port.transact('read', ['keys'], (tx) => tx.keys.get('data/1'))
      if (found?.name !== 'data/1') throw new Error('no data key')
      expect(found.wrapped).toEqual(new Uint8Array([1, 2, 3]))
      const key = found.live?.cipher as CryptoKey
      expect(key.extractable).toBe(false)
      const iv = new Uint8Array(12)
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, cipher, data)
      const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed)
      expect(new Uint8Array(opened)).toEqual(data)
    })

    it('puts over an older row of the same key', async () => {
      await port.transact('write', ['meta'], (tx) => tx.meta.put([meta('a', 1)]))
      await port.transact('write', ['meta'], (tx) => tx.meta.put([meta('a', 2)]))
      expect(await allMeta()).toEqual([meta('a', 2)])
    })

    it('answers many keys in their order, with gaps', async () => {
      await port.transact('write', ['meta'], (tx) => tx.meta.put([meta('a', 1), meta('c', 3)]))
      const found = await port.transact('read', ['meta'], (tx) => tx.meta.getMany(['c', 'b', 'a']))
      expect(found).toEqual([meta('c', 3), undefined, meta('a', 1)])
    })

    it('finds rows by an index, by several values, and by none', async () => {
      const rows = [record(1, 1), record(2, 2), record(3, 2), record(4, 3)]
      await port.transact('write', ['records'], (tx) => tx.records.put(rows))
      const find = (auds: number[]) =>
        port.transact('read', ['records'], async (tx) =>
          (await tx.records.where('aud', auds)).map((row) => row.pos).sort(),
        )
      expect(await find([2])).toEqual([2, 3])
      expect(await find([1, 3, 9])).toEqual([1, 4])
      expect(await find([])).toEqual([])
    })

    it('finds rows up to a value and leaves out those without one', async () => {
      const own = (id: string, pos: number | null) => ({ ...ownRow, id, pos, received: 1 }) as const
      await port.transact('write', ['own'], (tx) => tx.own.put([own('a', 1), own('b', 5), own('c', null)]))
      const upTo = (value: number) =>
        port.transact('read', ['own'], async (tx) => (await tx.own.upTo('pos', value)).map((row) => row.id))
      expect(await upTo(0)).toEqual([])
      expect(await upTo(1)).toEqual(['a'])
      expect((await upTo(99)).sort()).toEqual(['a', 'b'])
    })

    it('deletes what it is told and nothing else, also what is not there', async () => {
      const summary = (key: string): SummaryRow => ({ key, aud: 1, partition: key, data })
      await port.transact('write', ['summaries'], (tx) => tx.summaries.put(['a', 'b', 'c'].map(summary)))
      await port.transact('write', ['summaries'], (tx) => tx.summaries.delete(['a', 'z']))
      const left = await port.transact('read', ['summaries'], (tx) => tx.summaries.all())
      expect(left.map((row) => row.key)).toEqual(['b', 'c'])
      await port.transact('write', ['summaries'], (tx) => tx.summaries.clear())
      expect(await port.transact('read', ['summaries'], (tx) => tx.summaries.all())).toEqual([])
    })

    it('F26 does all of a transaction or, when it throws half-way, nothing in any table', async () => {
      await port.transact('write', ['meta'], (tx) => tx.meta.put([meta('a', 1)]))
      const failing = port.transact('write', ['meta', 'records'], async (tx) => {
        await tx.records.put([record(1, 1)])
        await tx.meta.put([meta('a', 2), meta('b', 2)])
        await tx.meta.delete(['a'])
        throw new Error('half-way')
      })
      await expect(failing).rejects.toMatchObject({ name: 'StoreError', code: 'failed' })
      expect(await allMeta()).toEqual([meta('a', 1)])
      expect(await port.transact('read', ['records'], (tx) => tx.records.all())).toEqual([])
    })

    it('F5 runs concurrent writes of two tabs one after another', async () => {
      const other = await open()
      await port.transact('write', ['meta'], (tx) => tx.meta.put([meta('n', 0)]))
      const increment = (tab: StoragePort) =>
        tab.transact('write', ['meta'], async (tx) => {
          const row = await tx.meta.get('n')
          await tx.meta.put([meta('n', Number(row?.data) + 1)])
        })
      await Promise.all(Array.from({ length: 20 }, (_, n) => increment(n % 2 === 0 ? port : other)))
      expect(await allMeta()).toEqual([meta('n', 20)])
      other.close()
    })

    it('G1 F2 keeps what was committed when the tab is gone', async () => {
      await port.transact('write', ['meta'], (tx) => tx.meta.put([meta('a', 1)]))
      port.close()
      port = await open()
      expect(await allMeta()).toEqual([meta('a', 1)])
    })

    it('says closed after it was closed', async () => {
      await allMeta()
      port.close()
      await expect(allMeta()).rejects.toMatchObject({ code: 'closed' })
    })

    function allMeta(): Promise<MetaRow[]> {
      return port.transact('read', ['meta'], (tx) => tx.meta.all())
    }
  })
}

const meta = (name: string, data: number): MetaRow => ({ name, data })

const data = new Uint8Array([1, 2, 3])
const ownRow = {
  seq: 1,
  scope: 's',
  hidden: 0,
  again: 0,
  shown: 1,
  tag: '',
  data,
  sealed: null,
} as const

function record(pos: number, aud: number): RecordRow {
  return { id: `id-${pos}`, aud, pos, partition: null, tag: '', data }
}
