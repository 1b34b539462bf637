/**
 * Random acts on a bad network with a device that crashes: whatever happens, after everything is quiet no record is
 * lost, doubled or changed. Each run is named by its seed; a seed that failed is kept as a test of its own.
 */
import { expect, it } from 'vitest'
import type { Device } from '../store/device.ts'
import { StoreError } from '../store/errors.ts'
import {
  AMARI,
  BELLA,
  countView,
  envelopeFrom,
  faulty,
  partitionOf,
  seeded,
  SESSION,
  tapOf,
} from '../store/testing.ts'
import { settle } from '../../records/settle.ts'
import type { StoredRecord } from '../../records/envelope.ts'
import { grantFor } from './fake-server.ts'
import { benches, turns, type Bench } from './harness.ts'

const bench = benches()
const RUNS = 60
const STEPS = 40

it.each(Array.from({ length: RUNS }, (_, n) => 7_000 + n))(
  'G1 G2 G3 G4 G6 captured = on the server or in plain sight, each once, byte for byte (seed %i)',
  (seed) => run(bench(), seed),
)

async function run({ server, disk, clock, open }: Bench, seed: number): Promise<void> {
  const random = seeded(seed)
  const chance = (p: number) => random() < p
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T

  let isCalm = false
  let crashes = 0
  let device = await start()
  /** Digest of each record that the device said it keeps. */
  const kept = new Map<string, string>()
  const attempted = new Set<string>()

  server.judge = (envelope) => (envelope.body['n'] === 13 ? 'record.not_permitted' : null)
  server.pageSize = 3
  server.maxBytes = 4_000

  for (let step = 0; step < STEPS; step++) {
    switch (
      pick(['tap', 'tap', 'tap', 'sync', 'sync', 'team', 'grant', 'clock', 'restore', 'reopen', 'session'])
    ) {
      case 'tap':
        await tap()
        break
      case 'sync':
        await device.syncNow()
        break
      case 'team':
        server.add(envelopeFrom({ student: pick([AMARI, BELLA]) }))
        break
      case 'grant':
        server.grants = pick([[], [grantFor(AMARI)], [grantFor(BELLA)], [grantFor(AMARI), grantFor(BELLA)]])
        break
      case 'clock':
        clock.wall += Math.floor((random() - 0.5) * 4 * 86_400_000)
        break
      case 'restore':
        // A backup may be older than what was taken in since, never older than what the server said it covers.
        if (chance(0.2))
          server.restore(server.safe + Math.floor(random() * (server.rows.length - server.safe + 1)))
        else if (chance(0.3))
          server.safe = Math.floor(server.safe + random() * (server.rows.length - server.safe))
        break
      case 'reopen':
        device = await restart()
        break
      case 'session':
        server.isSignedIn = chance(0.7)
        break
    }
    if (crashes > 0) device = await restart()
    await turns(1)
  }

  // Quiet: the network works, the session too, nothing crashes, and both students are there.
  isCalm = true
  server.isSignedIn = true
  server.grants = [grantFor(AMARI), grantFor(BELLA)]
  device = await restart()
  for (let n = 0; n < 4; n++) await device.syncNow()
  await turns()

  const entries = device.outbox()
  const quarantine = new Map(entries.map((entry) => [entry.id, entry.record.digest]))
  const ids = server.ids()
  const onServer = new Map(server.rows.map((row) => [row.envelope.id, row.digest]))
  expect(new Set(ids).size).toBe(ids.length)
  expect(entries.filter((entry) => entry.state !== 'needs_you')).toEqual([])
  for (const [id, digest] of kept) {
    expect([onServer.get(id), quarantine.get(id)].filter((found) => found !== undefined)).toEqual([digest])
  }
  const own = server.rows.filter((row) => row.envelope.device === device.id)
  for (const id of [...own.map((row) => row.envelope.id), ...quarantine.keys()])
    expect(attempted).toContain(id)
  expect(new Set(own.map((row) => row.envelope.seq)).size).toBe(own.length)
  expect(device.status()).toMatchObject({ unsent: 0, needsYou: quarantine.size, connection: 'online' })

  // What the device folds is what the server would fold (G9).
  for (const student of [AMARI, BELLA]) {
    const records = server.rows
      .filter((row) => row.envelope.student === student)
      .map(({ envelope, ...rest }) => ({ ...envelope, ...rest }) as StoredRecord)
    const expected = records.length === 0 ? null : countView.fold(settle(records))
    expect(device.state(countView, partitionOf(student, SESSION))).toEqual(expected)
  }

  async function tap(): Promise<void> {
    const n = chance(0.1) ? 13 : Math.floor(random() * 10)
    const note = chance(0.05) ? 'x'.repeat(5_000) : 'ok'
    const captures = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
      device.capture(tapOf(n, { student: pick([AMARI, BELLA]), body: { n, note } })),
    )
    for (const { record } of captures) attempted.add(record.id)
    const results = await Promise.allSettled(captures.map((capture) => capture.kept))
    results.forEach((result, i) => {
      const { record } = captures[i] as (typeof captures)[number]
      if (result.status === 'rejected') return
      const entry = device.outbox().find((one) => one.id === record.id)
      const stored =
        entry?.record ??
        device.records(partitionOf(record.student ?? '', SESSION)).find((one) => one.id === record.id)
      kept.set(record.id, stored?.digest ?? record.digest)
    })
  }

  async function start(): Promise<Device> {
    crashes = 0
    const crash = (p: number) => () => {
      // Once it crashed, the tab does nothing more.
      if (crashes > 0 || (!isCalm && chance(p))) {
        crashes += 1
        throw new StoreError('failed', new Error('crash'))
      }
    }
    const storage = faulty(disk.open(), { before: crash(0.03), after: crash(0.03) })
    for (;;)
      try {
        return await open({ storage, fetch: badNetwork, timeoutMs: 20, random })
      } catch {
        crashes = 0
      }
  }

  async function restart(): Promise<Device> {
    device.close()
    await turns(2)
    return start()
  }

  /** Drops requests and answers, sends twice, late and out of order, cuts short, and answers for others. */
  async function badNetwork(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    if (isCalm) return server.fetch(input, init)
    const fate = random()
    if (fate < 0.06) throw new TypeError('request lost')
    if (fate < 0.09) return html(200)
    if (fate < 0.11) return html(502)
    if (fate < 0.13) return problem(500, 'server.failed')
    if (fate < 0.15) return problem(503, 'database.unavailable')
    if (fate < 0.17) return problem(413, 'request.too_large')
    if (fate < 0.18) return new Promise<Response>(() => {})
    if (fate < 0.25) void turns(1 + Math.floor(random() * 30)).then(() => server.fetch(input, init))
    await turns(Math.floor(random() * 3))
    const answer = await server.fetch(input, init)
    if (fate > 0.9) throw new TypeError('answer lost')
    if (fate > 0.86) {
      const text = await answer.text()
      return new Response(text.slice(0, Math.floor(random() * text.length)), answer)
    }
    return answer
  }
}

function html(status: number): Response {
  return new Response('<html>Sign in to the Wi-Fi</html>', {
    status,
    headers: { 'content-type': 'text/html' },
  })
}

function problem(status: number, code: string): Response {
  return Response.json({ type: 'x', title: 'No.', status, code }, { status })
}
