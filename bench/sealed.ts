/** The sealed path for B1: devices that are opened, and what they seal and sign for somebody else to carry. */
import { Agent } from 'node:http'
import { send } from '../src/guarantees/burst.ts'
import type { CrowdMember } from '../src/guarantees/crowd.ts'
import { canonical, sha256Hex } from '../src/platform/core/canonical.ts'
import type { Envelope } from '../src/platform/records/envelope.ts'
import {
  base64urlOf,
  bytesFrom,
  openSealer,
  SIGNATURE,
  signedBytes,
  SIGNING,
  type SealedRecord,
} from '../src/platform/records/sealed.ts'
import { DeviceOpened } from '../src/platform/records/wire.ts'
import type { House } from './house.ts'

/** Opens the device of a para, and gives what seals a batch as one sitting of it. */
export async function openDevice(
  { url, crowd, cookies }: House,
  member: CrowdMember,
): Promise<(records: readonly Envelope[]) => Promise<SealedRecord[]>> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(SIGNING, false, ['sign', 'verify'])
  const signer = crypto.randomUUID()
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))
  const opening = { device: member.device, key: signer, publicKey: base64urlOf(point), label: 'bench' }
  const agent = new Agent()
  const cookie = cookies.get(member.person) ?? ''
  const answer = await send(url, { cookie, body: JSON.stringify(opening), path: '/api/devices' }, agent)
  const { seal } = DeviceOpened.parse(JSON.parse(answer.text))
  const district = crowd.district.id
  const { person } = member
  return async (records) => {
    const sealer = await openSealer({ district, key: seal.key, publicKey: bytesFrom(seal.publicKey) })
    return Promise.all(
      records.map(async (envelope) => {
        const digest = sha256Hex(canonical(envelope))
        const bytes = signedBytes({ district, person, signer, digest })
        const signature = base64urlOf(new Uint8Array(await crypto.subtle.sign(SIGNATURE, privateKey, bytes)))
        return sealer.seal({ person, signer, signature, envelope })
      }),
    )
  }
}
