/**
 * Ingest: the one way in for records. Every record of a batch is judged alone and answered alone (G4): one that is
 * wrong is kept in the supervisor's inbox and never holds up its neighbours. Same id and same bytes = acknowledged
 * again; same id and other bytes = conflict, both kept (G3). Parts: ingest-examine (on its own), ingest-judge (against
 * what stands), ingest-store (folded, positioned, kept).
 */
import type { Uuid } from '../core/ids.ts'
import { partitionKey, scopeIdOf, type Registry } from '../records/registry.ts'
import type { Ack, PushResponse } from '../records/wire.ts'
import type { Arrival } from './arrivals.ts'
import { defineWrite, type Actor, type Database } from './db.ts'
import { examine, refuse, type Candidate, type Refusal } from './ingest-examine.ts'
import { judge, look, scopeKey, sealKey, type Clocks, type Seen, type Standing } from './ingest-judge.ts'
import { entryOf, insertion, storeBeside, type Accepted, type Taken } from './ingest-store.ts'
import { internAuds, type Scope } from './intern.ts'
import { PROBLEMS } from './problems.ts'

/** A partition is folded whole at every record that joins it, so it must stay small. Counted per author: nobody fills another's. */
const MAX_PARTITION = 5000

export interface IngestServices {
  readonly database: Database
  readonly registry: Registry
  /** Told after commit: which audiences have news. */
  readonly announce: (district: Uuid, auds: readonly number[]) => void
}

/**
 * Takes a batch from a signed-in person. `sent` = the device's wall clock when it sent (ISO), to estimate its skew.
 * Never throws for anything a record may hold; throws for a database that cannot be reached.
 */
export async function ingest(
  services: IngestServices,
  actor: Actor,
  batch: readonly unknown[],
  sent?: string,
): Promise<PushResponse> {
  const now = services.database.now(actor.district)
  const skew = sent === undefined ? 0 : now - Date.parse(sent)
  const examined: (Candidate | Refusal)[] = []
  for (const raw of batch) examined.push(examine(services.registry, raw, examined.length))
  const answer: Answer = { acks: new Map(), high: new Map() }
  await ingestOf(services, { actor, uploader: actor.person }, examined, { now, skew }, answer)
  return {
    acks: examined.map(({ index }) => ackOf(answer, index)),
    now,
    high: Object.fromEntries(answer.high),
  }
}

/** Whose records they are, and who brings them: the same person, but on the sealed path. */
export interface Bringing {
  readonly actor: Actor
  readonly uploader: Uuid
}

/** What became of each record, by its index, and how far each device is known to have counted. */
export interface Answer {
  readonly acks: Map<number, Ack>
  readonly high: Map<string, number>
}

/** Takes in what was examined, all of one author; the answer is complete when this is done. */
export async function ingestOf(
  services: IngestServices,
  bringing: Bringing,
  examined: readonly (Candidate | Refusal)[],
  clocks: Clocks,
  answer: Answer,
): Promise<void> {
  const good: Candidate[] = []
  const bad: Refusal[] = []
  for (const one of examined) {
    if ('code' in one) bad.push(one)
    else good.push(one)
  }
  await ingestGroup(services, bringing, good, bad, clocks, answer)
}

/** Throws where a record was forgotten: no answer is better than a wrong one. */
export function ackOf({ acks }: Answer, index: number): Ack {
  const ack = acks.get(index)
  if (!ack) throw new Error('a record was not answered')
  return ack
}

async function ingestGroup(
  services: IngestServices,
  bringing: Bringing,
  good: readonly Candidate[],
  bad: readonly Refusal[],
  clocks: Clocks,
  answer: Answer,
): Promise<void> {
  const { district } = bringing.actor
  for (let attempt = 1; attempt <= 8; attempt++) {
    try {
      const outcome = await transact({ services, bringing, good, bad, clocks })
      if ('missing' in outcome) {
        await internAuds(services.database, district, outcome.missing)
        continue
      }
      for (const [index, ack] of outcome.acks) answer.acks.set(index, ack)
      for (const [device, seq] of outcome.high)
        answer.high.set(device, Math.max(seq, answer.high.get(device) ?? 0))
      const auds = new Set(outcome.taken.accepted.map((one) => one.aud))
      if (auds.size > 0) services.announce(district, [...auds])
      if (outcome.straddling.length > 0)
        for (const half of halves(outcome.straddling))
          await ingestGroup(services, bringing, half, [], clocks, answer)
      return
    } catch (error) {
      // somebody else stored one of these ids since we looked: look again (F3)
      if ((error as { code?: string }).code === '23505') continue
      // the second wall refused what the first let through: find the record, spare its neighbours
      if ((error as { code?: string }).code !== '42501') throw error
      if (good.length > 1) {
        for (const half of halves(good)) await ingestGroup(services, bringing, half, bad, clocks, answer)
        return
      }
      const only = good[0]
      if (!only) throw error
      const refusals = [...bad, refuse(only, 'record.not_permitted')]
      await ingestGroup(services, bringing, [], refusals, clocks, answer)
      return
    }
  }
  throw new Error('ingest raced too often')
}

interface Args {
  readonly services: IngestServices
  readonly bringing: Bringing
  readonly good: readonly Candidate[]
  readonly bad: readonly Refusal[]
  readonly clocks: Clocks
}

interface Outcome {
  readonly acks: ReadonlyMap<number, Ack>
  /** Device → highest seq. */
  readonly high: ReadonlyMap<string, number>
  /** Allowed by the relationship at their own time, but not at every time of the batch: tried again in halves. */
  readonly straddling: readonly Candidate[]
  readonly taken: Taken
}

/** Audiences that have no number yet: nothing was done, they are named first. */
interface Unnamed {
  readonly missing: readonly Scope[]
}

async function transact(args: Args): Promise<Outcome | Unnamed> {
  const { actor, uploader } = args.bringing
  return args.services.database.asAuthor(actor, uploader, (tx) => tx.write(takeIn, args))
}

const takeIn = defineWrite<Args, Outcome | Unnamed>({
  run: (_db, { services, bringing, good, bad, clocks }, tx) =>
    tx.asSystem(async (db) => {
      const standing = await look(db, services.registry, bringing.actor, good, bad, clocks.now)
      const outcome = judgeAll(bringing, good, bad, standing, clocks)
      if ('taken' in outcome) await storeBeside(db, services.registry, outcome.taken, clocks.now)
      return outcome
    }),
  audit: (_args, outcome) => ('taken' in outcome ? entryOf(outcome.taken) : null),
  last: ({ clocks }, outcome) => ('taken' in outcome ? insertion(outcome.taken, clocks) : null),
})

/** What becomes of each record, by what stood before and what the batch itself adds. */
function judgeAll(
  { actor, uploader }: Bringing,
  good: readonly Candidate[],
  bad: readonly Refusal[],
  standing: Seen,
  clocks: Clocks,
): Outcome | Unnamed {
  const { create, approve } = standing.writable
  const writable = new Set([...create, ...approve])
  const acks = new Map<number, Ack>()
  const refusals = [...bad]
  const accepted: Accepted[] = []
  const straddling: Candidate[] = []
  const missing: Scope[] = []
  for (const candidate of good) {
    const { envelope, digest, kind, index, at } = candidate
    const before = standing.records.get(envelope.id)
    if (before && before.digest === digest && before.author === actor.person) {
      acks.set(index, { id: envelope.id, status: 'duplicate', digest, received: before.received })
      continue
    }
    const of = scopeIdOf(kind, envelope, actor.person, actor.district)
    const code = before ? 'record.id_reused' : judge(candidate, actor, standing, clocks)
    if (code || !of) {
      refusals.push(refuse(candidate, code ?? 'record.refs'))
      continue
    }
    const scope: Scope = { scope: kind.scope, of, tier: kind.tier }
    const aud = standing.auds.get(scopeKey(scope))
    if (aud === undefined) missing.push(scope)
    else if (good.length > 1 && !writable.has(aud)) straddling.push(candidate)
    else {
      const part = partitionKey(kind, envelope, of)
      const size = standing.sizes.get(part) ?? 0
      if (size >= MAX_PARTITION) {
        refusals.push(refuse(candidate, 'record.partition_full'))
        continue
      }
      const wing = standing.wings.get(`${envelope.student}/${kind.tier}`) ?? null
      const received = clocks.now
      accepted.push({ candidate, aud, part, wing })
      acks.set(index, { id: envelope.id, status: 'accepted', digest, received })
      // what comes later in the batch may be its twin, correct it or refer to it
      standing.sizes.set(part, size + 1)
      if (kind.seals?.(envelope)) standing.sealed.add(sealKey(part, kind.kind))
      standing.records.set(envelope.id, { digest, received, author: actor.person, part, at, envelope })
    }
  }
  if (missing.length > 0) return { missing }
  for (const refusal of refusals) acks.set(refusal.index, refusalAck(refusal))
  const arrivals: Arrival[] = []
  const auds = new Set<number>()
  for (const { candidate, aud } of accepted) {
    if (!standing.foreign.has(candidate.envelope.device)) arrivals.push(candidate.envelope)
    auds.add(aud)
  }
  for (const { arrival } of refusals)
    if (arrival && !standing.foreign.has(arrival.device)) arrivals.push(arrival)
  const within = (may: readonly number[]) => may.filter((aud) => auds.has(aud))
  return {
    acks,
    high: highOf(standing, good, arrivals),
    straddling,
    taken: {
      actor,
      uploader,
      accepted,
      refusals,
      arrivals,
      stored: standing.stored,
      into: { create: within(create), approve: within(approve) },
    },
  }
}

/** How far each device of the batch is known to have counted, this batch included. */
function highOf(
  standing: Standing,
  good: readonly Candidate[],
  arrivals: readonly Arrival[],
): Map<string, number> {
  const high = new Map<string, number>()
  for (const {
    envelope: { device },
  } of good) {
    const known = standing.high.get(device)
    if (known !== undefined && !standing.foreign.has(device)) high.set(device, known)
  }
  for (const { device, seq } of arrivals) high.set(device, Math.max(seq, high.get(device) ?? 0))
  return high
}

function refusalAck(refusal: Refusal): Ack {
  return {
    id: refusal.id,
    status: refusal.code === 'record.id_reused' ? 'conflict' : 'refused',
    code: refusal.code,
    message: PROBLEMS[refusal.code].title,
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
  }
}

function halves<T>(items: readonly T[]): (readonly T[])[] {
  const middle = Math.ceil(items.length / 2)
  return [items.slice(0, middle), items.slice(middle)].filter((half) => half.length > 0)
}
