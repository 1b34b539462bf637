/**
 * A disk that is full under the app's own database, while people record. Where this machine lets us, the disk is a small
 * one made for the test and filled to its last block, so that PostgreSQL itself runs out of room for tables and for its
 * log; elsewhere (no root, no right to mount) the database is made to say the same by itself.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testEngines } from '../platform/server/testing.ts'
import { sessionOf } from './school.ts'
import {
  compare,
  examine,
  flood,
  openClients,
  ownDatabase,
  resend,
  startProcess,
  type AppProcess,
} from './process.ts'

const SIZE_MB = 256

describe.each(testEngines().filter(({ major }) => major === 18))('a full disk', { timeout: 120_000 }, () => {
  const disk = smallDisk()
  let place: Awaited<ReturnType<typeof ownDatabase>>
  let app: AppProcess
  beforeAll(async () => {
    place = await ownDatabase(disk.folder)
    app = await startProcess(place.environment)
  }, 120_000)
  afterAll(async () => {
    await app.kill()
    await place.close()
    disk.close()
  })

  it('G1 G2 G8 is told as such, loses nothing that was acknowledged, and is over when there is room again', async () => {
    const clients = await openClients(app.url)
    const [client] = clients
    if (!client) throw new Error('nobody')
    const pouring = flood(clients)
    await until(() => pouring.acked() > 60)
    await disk.fill(place.ownerUrl())
    const seen = new Set<number>()
    await until(async () => {
      const { records } = sessionOf(
        client.school,
        client.phone,
        Array.from({ length: 60 }, () => ({ result: '+' })),
        client.at,
      )
      for (const record of records) client.sent.set(record.id, record)
      const answer = await client.visitor.post('/api/records', { records })
      if (answer.status === 200)
        for (const ack of answer.json<{ acks: { id: string; digest: string }[] }>().acks)
          client.acked.set(ack.id, ack.digest)
      seen.add(answer.status)
      return answer.status === 507
    })
    // and on for a while, with the log of the database at its end as well
    await delay(1500)
    await disk.free(place.ownerUrl())
    await until(async () => (await fetch(`${app.url}/api/health`).catch(() => undefined))?.status === 200)
    const before = pouring.acked()
    await until(() => pouring.acked() > before + 20)
    await pouring.stop()
    expect(pouring.odd).toEqual([])
    expect([...seen].filter((status) => ![200, 503, 507].includes(status))).toEqual([])

    await compare(place.ownerUrl(), clients)
    const said = await resend(clients)
    expect([...said].filter((status) => status !== 'accepted' && status !== 'duplicate')).toEqual([])
    await compare(place.ownerUrl(), clients)
    await examine(place.ownerUrl(), place.appUrl())
    // the same process all the time
    expect(app.child.exitCode).toBe(null)
  })
})

interface Disk {
  readonly folder: string
  fill(ownerUrl: string): Promise<void>
  free(ownerUrl: string): Promise<void>
  close(): void
}

function smallDisk(): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-disk-'))
  chmodSync(folder, 0o755)
  const mounted =
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=755`, 'tmpfs', folder], {
      stdio: 'ignore',
    }).status === 0
  const filler = join(folder, 'filler')
  const data = join(folder, 'data')
  const close = () => {
    if (mounted) spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  }
  mkdirSync(data)
  chmodSync(data, 0o755)
  if (!mounted) return { folder: data, fill: refuseRoom, free: grantRoom, close }
  return {
    folder: data,
    fill: async () => {
      const file = openSync(filler, 'w')
      const block = Buffer.alloc(65_536)
      try {
        while (writeSync(file, block) > 0);
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
      } finally {
        closeSync(file)
      }
    },
    free: async () => rmSync(filler),
    close,
  }
}

/** SQLSTATE 53100, as when a table cannot grow. */
function refuseRoom(ownerUrl: string): Promise<void> {
  return asOwner(
    ownerUrl,
    `create function handrail.no_room() returns trigger language plpgsql as $$
     begin raise exception 'could not extend file' using errcode = '53100'; end $$;
     create trigger no_room before insert on handrail.record for each row execute function handrail.no_room()`,
  )
}

function grantRoom(ownerUrl: string): Promise<void> {
  return asOwner(ownerUrl, 'drop function handrail.no_room cascade')
}

async function asOwner(url: string, query: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(query)
  } finally {
    await client.end()
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    if (await condition()) return
    await delay(20)
  }
  throw new Error('waited in vain')
}
