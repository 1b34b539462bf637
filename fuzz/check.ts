/**
 * What must hold when everything is quiet. Compares what devices said they keep with what the server has, and what
 * each device shows with what the server folds. A line for each thing that is wrong.
 */
import { canonical, sha256Hex, type Json } from '../src/platform/core/canonical.ts'
import type { Uuid } from '../src/platform/core/ids.ts'
import { settle } from '../src/platform/records/settle.ts'
import { verifyAudit, sealAudit } from '../src/platform/server/audit.ts'
import { rebuild, storedOf } from '../src/platform/server/views.ts'
import type { Transaction } from '../src/platform/web/store/port.ts'
import { databaseName } from '../src/platform/web/vault/neighbors.ts'
import { registry } from '../src/registry.ts'
import type { Browser, Tab } from './browser.ts'
import type { District, Member } from './district.ts'
import type { House } from './house.ts'
import { contentOf } from './ledger.ts'
import type { World } from './world.ts'

interface Row {
  readonly id: Uuid
  readonly pos: number
  readonly aud: number
  readonly part: string
  readonly device: Uuid
  readonly seq: number
  readonly author: Uuid
  readonly at: Date
  readonly received: Date
  readonly standing: boolean
  readonly digest: Buffer
  readonly envelope: string
}

/** Of one person, in platform/server/ingest-store.ts. */
const INBOX_PER_DAY = 1000
/** By how much a device may mistake the end of a grant, in platform/web/store/store.ts. */
const DEADLINE_SLACK_MS = 5_000

export async function findings(house: House, world: World): Promise<string[]> {
  const wrong: string[] = []
  const server = new Map<Uuid, Row>()
  const refused = new Map<Uuid, string[]>()
  let isFull = false
  const homeOf = new Map<Uuid, Uuid>()
  for (const district of world.districts) {
    for (const row of await rowsOf(house, district)) {
      server.set(row.id, row)
      homeOf.set(row.id, district.id)
    }
    const { rows } = await house.owner.query<{ id: Uuid; digest: Buffer }>(
      'select id, digest from refused where district_id = $1 and id is not null',
      [district.id],
    )
    // the inbox takes so many of a person a day
    if (rows.length >= INBOX_PER_DAY) isFull = true
    for (const { id, digest } of rows) refused.set(id, [...(refused.get(id) ?? []), digest.toString('hex')])
    wrong.push(...(await ofServer(house, district)))
  }

  const quarantine = new Map<Uuid, string>()
  for (const browser of world.browsers)
    for (const { member } of browser.profiles.values()) {
      const tab = await world.reopen(browser, member)
      await world.settle(tab)
      wrong.push(...(await ofDevice(house, world, tab, server, homeOf)))
      const lost = tab.device.lost()
      if (lost) wrong.push(`says that something is lost on ${tab.name}: ${JSON.stringify(lost)}`)
      for (const entry of tab.device.outbox()) {
        if (entry.origin === 'team') {
          wrong.push(`disputed ${entry.id} on ${tab.name}`)
          continue
        }
        if (quarantine.has(entry.id)) wrong.push(`twice in quarantine ${entry.id}`)
        quarantine.set(entry.id, entry.record.digest)
        const code = entry.problem?.code ?? ''
        // a body that the server refused is in its inbox as well (G4)
        const inbox = refused.get(entry.id) ?? []
        if (code.startsWith('record.') && !isFull && !inbox.includes(entry.record.digest))
          wrong.push(
            `refused (${code}) and not in the inbox ${entry.id} of ${tab.name}, ${inbox.length} of its name`,
          )
      }
      tab.close()
    }

  for (const { id, content, digest, by, where } of world.ledger.kept()) {
    const row = server.get(id)
    const held = quarantine.get(id)
    if (!row && held === undefined)
      wrong.push(`lost ${id} of ${by.name} on ${where}${await traces(world, id)}`)
    else if (row && held !== undefined) wrong.push(`doubled ${id}: on the server and in quarantine`)
    const found = row?.digest.toString('hex') ?? held
    if (digest !== null && found !== undefined && found !== digest) wrong.push(`changed ${id}: other bytes`)
    if (row && contentOf(JSON.parse(row.envelope) as object) !== content)
      wrong.push(`changed ${id}: other content`)
  }
  const seqs = new Set<string>()
  for (const row of server.values()) {
    const entry = world.ledger.get(row.id)
    if (!entry) wrong.push(`never made ${row.id}`)
    else if (entry.by.id !== row.author) wrong.push(`of another author ${row.id}`)
    const seq = `${row.author}/${row.device}/${row.seq}`
    if (seqs.has(seq)) wrong.push(`doubled number ${row.seq} of device ${row.device}`)
    seqs.add(seq)
  }
  for (const id of quarantine.keys()) if (!world.ledger.get(id)) wrong.push(`never made, in quarantine ${id}`)
  return wrong
}

/** Where something of a lost record still rests. */
async function traces(world: World, id: Uuid): Promise<string> {
  const found: string[] = []
  for (const browser of world.browsers)
    for (const [name, disk] of browser.disks) {
      const port = disk.open()
      const rows = await port.transact('read', ['outbox', 'own', 'records'], async (tx) => ({
        outbox: (await tx.outbox.get(id))?.state,
        own: (await tx.own.get(id))?.pos,
        record: (await tx.records.get(id))?.pos,
      }))
      port.close()
      found.push(
        ...Object.entries(rows).flatMap(([table, state]) =>
          state === undefined ? [] : [`; ${table} ${String(state)} in ${browser.name} ${name}`],
        ),
      )
    }
  return found.join('')
}

async function ofServer(house: House, district: District): Promise<string[]> {
  const wrong: string[] = []
  const rows = await rowsOf(house, district)
  rows.forEach((row, n) => {
    if (row.pos !== n + 1) wrong.push(`position ${row.pos} where ${n + 1} should be`)
    if (sha256Hex(row.envelope) !== row.digest.toString('hex'))
      wrong.push(`changed ${row.id}: digest and bytes differ`)
    if (canonical(JSON.parse(row.envelope) as Json) !== row.envelope) wrong.push(`not canonical ${row.id}`)
  })
  const before = await projectionsOf(house, district)
  await rebuild(house.operator, district.id, registry)
  const after = await projectionsOf(house, district)
  for (const [key, state] of before)
    if (after.get(key)?.state !== state.state) wrong.push(`view differs when it is rebuilt ${key}`)
  if (after.size !== before.size) wrong.push(`views: ${before.size} kept, ${after.size} rebuilt`)
  await sealAudit(house.operator, district.id)
  const verdict = await verifyAudit(house.operator, district.id)
  if (!verdict.ok) wrong.push(`audit trail broken ${JSON.stringify(verdict.broken)}`)
  return wrong
}

/** A device against the server: rows it may not have, and views that come to something else. */
async function ofDevice(
  house: House,
  world: World,
  tab: Tab,
  server: ReadonlyMap<Uuid, Row>,
  homeOf: ReadonlyMap<Uuid, Uuid>,
): Promise<string[]> {
  const wrong = await leaks(house, world, tab)
  const { member, browser } = tab.profile
  const district = world.districtOf(member)
  const grants = await grantsOf(house, district, member)
  for (const id of await idsAt(browser, member)) {
    if (!server.has(id)) wrong.push(`on ${tab.name} and not on the server ${id}`)
    if (homeOf.get(id) !== undefined && homeOf.get(id) !== district.id)
      wrong.push(`leaked: ${tab.name} holds ${id} of another district`)
  }

  const projections = await projectionsOf(house, district)
  for (const { view: name, part, aud, state, at } of projections.values()) {
    const grant = grants.get(aud)
    const view = registry.view(name)
    if (!grant || !view) continue
    const shown = tab.device.state(view, part)
    // here more time has passed than at the server, and by one's own clock the grant has ended
    if (shown === null && grant.endsIn <= browser.mono - tab.openedAt + DEADLINE_SLACK_MS) continue
    let expected = state
    if (grant.limited) {
      // who sees some days only folds those, and what they made themselves
      const here = new Set(tab.device.records(part).map((record) => record.id))
      const rows = [...server.values()].filter((row) => row.part === part && here.has(row.id))
      if (rows.length === 0) continue
      const stored = rows.map(storedOf).filter((record) => view.kinds.includes(record.kind))
      expected = canonical(view.fold(settle(stored)) as Json)
    }
    const got = shown === null ? 'null' : canonical(shown)
    if (got !== expected)
      wrong.push(
        `view differs ${name} ${part} (${at.toISOString()}) on ${tab.name}\n  server ${expected}\n  device ${got}`,
      )
  }
  return wrong
}

/** What rests for somebody who may not have it: rows of audiences not granted, or of people who are not signed in. */
export async function leaks(house: House, world: World, { name, profile }: Tab): Promise<string[]> {
  const { member, browser } = profile
  const grants = await grantsOf(house, world.districtOf(member), member)
  const wrong: string[] = []
  for (const aud of await audsAt(browser, member))
    if (!grants.has(aud)) wrong.push(`leaked: ${name} holds audience ${aud}`)
  for (const { member: other } of browser.profiles.values())
    if (other !== member && (await audsAt(browser, other)).size > 0)
      wrong.push(`leaked: rows of ${other.name} rest on ${browser.name} where ${member.name} is signed in`)
  return wrong
}

/** Audiences of which anything synced rests on the disk. */
async function audsAt(browser: Browser, member: Member): Promise<Set<number>> {
  return reading(browser, member, async (tx) => {
    const [records, summaries, staged, disputes, held] = await Promise.all([
      tx.records.all(),
      tx.summaries.all(),
      tx.staged.all(),
      tx.disputes.all(),
      tx.held.all(),
    ])
    return new Set([...records, ...summaries, ...staged, ...disputes, ...held].map((row) => row.aud))
  })
}

async function idsAt(browser: Browser, member: Member): Promise<string[]> {
  return reading(browser, member, async (tx) => (await tx.records.all()).map((row) => row.id))
}

async function reading<T>(
  browser: Browser,
  member: Member,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const name = databaseName({ district: member.district, person: member.id })
  const port = browser.diskOf(name).open()
  try {
    return await port.transact('read', ['records', 'summaries', 'staged', 'disputes', 'held'], work)
  } finally {
    port.close()
  }
}

async function grantsOf(
  house: House,
  district: District,
  member: Member,
): Promise<Map<number, { limited: boolean; endsIn: number }>> {
  const now = district.now()
  const { rows } = await house.owner.query<{ aud: number; history_days: number | null; until: Date | null }>(
    'select aud, history_days, until from person_grants($1, $2, $3)',
    [district.id, member.id, new Date(now)],
  )
  return new Map(
    rows.map((row) => [
      row.aud,
      { limited: row.history_days !== null, endsIn: (row.until?.getTime() ?? Infinity) - now },
    ]),
  )
}

async function rowsOf(house: House, district: District): Promise<Row[]> {
  const { rows } = await house.owner.query<Row & { pos: string }>(
    `select id, pos, aud, part, device, seq, author, at, received, standing, digest, envelope
     from record where district_id = $1 order by pos`,
    [district.id],
  )
  return rows.map((row) => ({ ...row, pos: Number(row.pos) }))
}

interface Projection {
  readonly view: string
  readonly part: string
  readonly aud: number
  readonly at: Date
  readonly state: string
}

async function projectionsOf(house: House, district: District): Promise<Map<string, Projection>> {
  const { rows } = await house.owner.query<Projection>(
    'select view, part, aud, at, state from projection where district_id = $1 order by view, part',
    [district.id],
  )
  return new Map(rows.map((row) => [`${row.view} ${row.part}`, row]))
}
