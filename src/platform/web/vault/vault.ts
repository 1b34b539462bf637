/**
 * The keys of one person on one device, from a sign-in to its end. Called by store/device.ts at each opening.
 *
 * While the person is signed in, the keys rest in their own database as CryptoKeys that nobody can read out, so a restart
 * needs no network. Where they are missing, the device registers itself: the server hands a signed-in session the secret
 * that unwraps the data key, and learns a new signing key. What must stay true: nothing here deletes what is unsent, and
 * a data key that does not unwrap stays where it is beside the new one.
 */
import type { Clock } from '../../core/clock.ts'
import { uuidv7, type Uuid } from '../../core/ids.ts'
import { base64urlOf, bytesFrom, SIGNING } from '../../records/sealed.ts'
import type { DeviceOpened, DeviceOpening } from '../../records/wire.ts'
import { lockNow } from '../store/lock.ts'
import { read, save } from '../store/meta.ts'
import type { DataKey, DataKeyRow, KeyRow, SittingRow, StoragePort } from '../store/port.ts'
import { createCipher, type Cipher } from './cipher.ts'
import { makeDataKey, unwrapped } from './data-key.ts'
import { labelHere } from './label.ts'
import { createSeal, type Seal } from './seal.ts'

/** How long a device stays open without a word of the server: a working day and the way there and back. */
export const VALID_MS = 16 * 3_600_000

export interface Vault {
  readonly device: Uuid
  /** Id of the signing key. */
  readonly signer: string
  readonly cipher: Cipher
  readonly seal: Seal
  /** Machine wall clock (ms) at which the keys go, when the server is not heard of before. */
  readonly until: number
  /** True when this opening registered the device: somebody signed in. */
  readonly isNew: boolean
}

/** Takes the keys from the database, or has the device registered. Rejects with what `register` rejects with. */
export async function openVault(options: {
  port: StoragePort
  district: Uuid
  person: Uuid
  clock: Clock
  /** Asks the server: POST /api/devices. */
  register: (opening: DeviceOpening) => Promise<DeviceOpened>
}): Promise<Vault> {
  const { port, district, person, clock, register } = options
  let isNew = false
  for (;;) {
    const { device, keys } = await found(port, clock)
    const sitting = keys.find((row) => row.name === 'sitting')
    const live = new Map(
      keys.flatMap((row): [number, DataKey][] => (isLive(row) ? [[row.number, row.live]] : [])),
    )
    if (sitting && live.size > 0 && clock.now() < sitting.until)
      return {
        device,
        signer: sitting.signer,
        cipher: createCipher(live),
        seal: createSeal({ district, person, sitting }),
        until: sitting.until,
        isNew,
      }
    if (sitting) {
      await lockNow(port)
      continue
    }
    // Another tab may be doing the same: the first to write wins, and the other takes what it wrote.
    isNew = await signIn(device, keys)
  }

  async function signIn(device: Uuid, keys: readonly KeyRow[]): Promise<boolean> {
    const signing = await crypto.subtle.generateKey(SIGNING, false, ['sign'])
    const point = new Uint8Array(await crypto.subtle.exportKey('raw', signing.publicKey))
    const signer = uuidv7(clock.now())
    const opened = await register({ device, key: signer, publicKey: base64urlOf(point), label: labelHere() })
    const secret = bytesFrom(opened.wrap)
    const whose = `${district}\n${person}\n${device}`
    const wrapped = keys.filter(isDataKey)
    const usable = await Promise.all(
      wrapped.map(async (row): Promise<DataKeyRow> => ({
        ...row,
        live: await unwrapped(row, secret, whose),
      })),
    )
    const isAnyUsable = usable.some((row) => row.live !== null)
    const fresh = isAnyUsable ? [] : [await makeDataKey(wrapped.length + 1, secret, whose)]
    secret.fill(0)
    const sitting: SittingRow = {
      name: 'sitting',
      signer,
      key: signing.privateKey,
      seal: opened.seal,
      until: clock.now() + VALID_MS,
    }
    return port.transact('write', ['meta', 'keys'], async (tx) => {
      const now = await tx.keys.all()
      if (now.length !== keys.length || now.some((row) => row.name === 'sitting')) return false
      await tx.keys.put([...usable, ...fresh, sitting])
      if (opened.lost) {
        const losses = await read(tx, 'losses')
        await save(tx, 'losses', { ...losses, before: opened.lost })
      }
      return true
    })
  }
}

/** The device's id, made at its very first opening and durable before the server hears of it. */
async function found(port: StoragePort, clock: Clock): Promise<{ device: Uuid; keys: KeyRow[] }> {
  const here = await port.transact('read', ['meta', 'keys'], async (tx) => ({
    device: await read(tx, 'device'),
    keys: await tx.keys.all(),
  }))
  if (here.device !== '') return here
  return port.transact('write', ['meta', 'keys'], async (tx) => {
    const device = (await read(tx, 'device')) || uuidv7(clock.now())
    await save(tx, 'device', device)
    return { device, keys: await tx.keys.all() }
  })
}

function isDataKey(row: KeyRow): row is DataKeyRow {
  return row.name !== 'sitting'
}

function isLive(row: KeyRow): row is DataKeyRow & { live: DataKey } {
  return isDataKey(row) && row.live !== null
}
