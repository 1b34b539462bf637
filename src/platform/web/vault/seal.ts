/**
 * Signs a record as its author's on this device and seals it to the district, so that whoever signs in here next can
 * carry it without being able to read or forge it. Called by store/sealing.ts for every record that is made.
 */
import type { Envelope } from '../../records/envelope.ts'
import {
  base64urlOf,
  bytesFrom,
  openSealer,
  SIGNATURE,
  signedBytes,
  type SealedRecord,
  type Sealer,
} from '../../records/sealed.ts'
import type { SittingRow } from '../store/port.ts'

/** Rejects only when the part of the program that seals cannot be had. `digest`: of the envelope, as in signedBytes. */
export type Seal = (envelope: Envelope, digest: string) => Promise<SealedRecord>

export function createSeal(of: { district: string; person: string; sitting: SittingRow }): Seal {
  const { district, person, sitting } = of
  const { signer, key, seal } = sitting
  const to = { district, key: seal.key, publicKey: bytesFrom(seal.publicKey) }
  /** One sitting of HPKE as long as the tab lives. Begun at once: the first tap must not wait for it. */
  let sealer: Promise<Sealer> | null = null
  const sealerNow = () =>
    (sealer ??= openSealer(to).catch((error: unknown) => {
      sealer = null
      throw error
    }))
  sealerNow().catch(() => undefined)
  return async (envelope, digest) => {
    const signature = await crypto.subtle.sign(
      SIGNATURE,
      key,
      signedBytes({ district, person, signer, digest }),
    )
    const letter = { person, signer, signature: base64urlOf(new Uint8Array(signature)), envelope }
    return (await sealerNow()).seal(letter)
  }
}
