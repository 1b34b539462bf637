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
  'G1 G2 G3 G4 G6 G9 captured = on the server or in plain sight, each once, byte for byte (seed %i)',
  async (seed) => {
    expect(await run(bench(), seed)).toEqual({
      doubled: 0,
      waiting: [],
      lostOrChanged: [],
      neverMade: [],
      numberedTwice: 0,
      connection: 'online',
      foldedOtherwise: [],
    })
  },
)

/** What is wrong after everything is quiet. */
interface Findings {
  readonly doubled: number
  readonly waiting: readonly string[]
  readonly lostOrChanged: readonly string[]
  readonly neverMade: readonly string[]
  readonly numberedTwice: number
  readonly connection: string
  /** Students whose view on the device is not what the server's records fold to (G9). */
  readonly foldedOtherwise: readonly string[]
}

async function run({ server, disk, clock, open }: Bench, seed: number): Promise<Findings> {
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

  const quarantine = new Map(device.outbox().map((entry) => [entry.id, entry.record.digest]))
  const onServer = new Map(server.rows.map((row) => [row.envelope.id, row.digest]))
  const own = server.rows.filter((row) => row.envelope.device === device.id)
  return {
    doubled: server.rows.length - onServer.size,
    waiting: device.outbox().flatMap((entry) => (entry.state === 'needs_you' ? [] : [entry.id])),
    lostOrChanged: [...kept].flatMap(([id, digest]) => {
      const found = [onServer.get(id), quarantine.get(id)].filter((one) => one !== undefined)
      return found.length === 1 && found[0] === digest ? [] : [id]
    }),
    neverMade: [...own.map((row) => row.envelope.id), ...quarantine.keys()].filter(
      (id) => !attempted.has(id),
    ),
    numberedTwice: own.length - new Set(own.map((row) => row.envelope.seq)).size,
    connection: device.status().connection,
    foldedOtherwise: [AMARI, BELLA].filter((student) => {
      const records = server.rows
        .filter((row) => row.envelope.student === student)
        .map(({ envelope, ...rest }) => ({ ...envelope, ...rest }) as StoredRecord)
      const expected = records.length === 0 ? null : countView.fold(settle(records))
      return (
        JSON.stringify(device.state(countView, partitionOf(student, SESSION))) !== JSON.stringify(expected)
      )
    }),
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
      } catch (error) {
        crashes = 0
        // The clock jumped past the keys' time: their person signs in again.
        if (error instanceof StoreError && error.code === 'locked') server.isSignedIn = true
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
