/** Devices and keys on the command line, for an operator: whoever lost a phone may have nothing to sign in with. */
import type { Uuid } from '../core/ids.ts'
import type { Config } from './config.ts'
import type { Database } from './db.ts'
import { listDevices, signOutDevice } from './devices.ts'
import type { Directory } from './directory.ts'
import type { Identity } from './identity.ts'
import { SealKeys } from './seal-keys.ts'

interface Services {
  readonly config: Config
  readonly database: Database
  readonly directory: Directory
  readonly identity: Identity
}

interface Outcome {
  readonly ok: boolean
  readonly report: unknown
  readonly text: string
}

/** The devices of whoever signs in with this address. */
export async function listFor(services: Services, email: string | undefined): Promise<Outcome> {
  const who = await memberOf(services, email)
  if (!who) return unknown(email)
  const { devices } = await services.database.asSystem(who.district, (tx) => listDevices(tx, who.person))
  const lines = devices.map(
    ({ device, label, seen, missing, revoked }) =>
      `${device}  ${new Date(seen).toISOString()}  ${revoked === null ? 'signed in' : 'signed out'}  ${label}` +
      (missing > 0 ? `  ${missing} records missing` : ''),
  )
  return { ok: true, report: { ok: true, devices }, text: lines.join('\n') || 'No devices.' }
}

/** Signs out one device of whoever signs in with this address, or all of them. */
export async function signOutFor(
  services: Services,
  email: string | undefined,
  device: string | undefined,
): Promise<Outcome> {
  const who = await memberOf(services, email)
  if (!who) return unknown(email)
  const { person, district } = who
  const devices = await services.database.asSystem(district, async (tx) => {
    const known = (await listDevices(tx, person)).devices
    const some = known.filter((one) => (device === undefined ? one.revoked === null : one.device === device))
    for (const one of some) await tx.write(signOutDevice, { person, device: one.device })
    return some.map((one) => one.device)
  })
  const ok = device === undefined || devices.length > 0
  return { ok, report: { ok, devices }, text: ok ? `Signed out: ${devices.length}.` : 'No such device.' }
}

/** Makes the next key to seal to, in one district or in all. */
export async function rotateKeys(services: Services, name: string | undefined): Promise<Outcome> {
  const keys = new SealKeys(services.config.dataDir)
  const districts: { id: Uuid; name: string; key: Uuid }[] = []
  for (const one of services.directory.all)
    if (name === undefined || one.name === name)
      districts.push({ id: one.id, name: one.name, key: await keys.rotate(one.id) })
  const ok = districts.length > 0
  const text = ok ? districts.map((one) => `${one.name}: ${one.key}`).join('\n') : 'No such district.'
  return { ok, report: { ok, districts }, text }
}

async function memberOf(
  { identity }: Services,
  email: string | undefined,
): Promise<{ district: Uuid; person: Uuid } | undefined> {
  const found = await identity.pool.query<{ district: Uuid; person: Uuid }>(
    `select m.district_id as district, m.person_id as person
     from membership m join "user" u on u.id = m.user_id where lower(u.email) = lower($1) order by m.created limit 1`,
    [email ?? ''],
  )
  return found.rows[0]
}

function unknown(email: string | undefined): Outcome {
  const text = email === undefined ? '--email of the person is needed' : 'Nobody signs in with this address.'
  return { ok: false, report: { ok: false, messages: [text] }, text }
}
