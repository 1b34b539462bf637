/** Sealing and opening, between two sides that share nothing but a public key. */
import { beforeAll, describe, expect, it } from 'vitest'
import { DhkemP256HkdfSha256 } from '@hpke/core'
import type { Envelope } from './envelope.ts'
import { openSealer, openSitting, type Letter, type Sealer } from './sealed.ts'

const DISTRICT = '01930000-0000-7000-8000-000000000001'
const KEY = '01930000-0000-7000-8000-000000000002'
const ID = '01930000-0000-7000-8000-000000000003'

const letter: Letter = {
  person: '01930000-0000-7000-8000-000000000004',
  signer: '01930000-0000-7000-8000-000000000005',
  signature: 'AAAA',
  envelope: { id: ID, kind: 'test.tap', body: { note: 'Zoë ✓' } } as unknown as Envelope,
}

describe('a sealed record', () => {
  let privateKey: CryptoKey
  let sealer: Sealer
  beforeAll(async () => {
    const pair = await new DhkemP256HkdfSha256().generateKeyPair()
    privateKey = pair.privateKey
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    sealer = await openSealer({ district: DISTRICT, key: KEY, publicKey })
  })
  const openWith = async (over: { district?: string; privateKey?: CryptoKey; enc?: string } = {}) => {
    const { enc } = await sealer.seal(letter)
    return openSitting({ district: DISTRICT, privateKey, enc, ...over })
  }

  it('opens with the private key, letter for letter', async () => {
    const sealed = await sealer.seal(letter)
    const open = await openSitting({ district: DISTRICT, privateKey, enc: sealed.enc })
    expect(await open(sealed)).toEqual(letter)
  })

  it('shows nothing of what is inside, and never the same bytes twice', async () => {
    const [one, two] = [await sealer.seal(letter), await sealer.seal(letter)]
    expect(one.ct).not.toBe(two.ct)
    expect(Buffer.from(one.ct, 'base64url').toString('latin1')).not.toContain('note')
    expect(Object.keys(one).sort()).toEqual(['ct', 'enc', 'id', 'iv', 'key'])
  })

  it('does not open for another key or another district', async () => {
    const sealed = await sealer.seal(letter)
    const other = await new DhkemP256HkdfSha256().generateKeyPair()
    const wrongKey = await openWith({ privateKey: other.privateKey, enc: sealed.enc })
    await expect(wrongKey(sealed)).rejects.toBeInstanceOf(DOMException)
    const wrongDistrict = await openWith({ district: KEY, enc: sealed.enc })
    await expect(wrongDistrict(sealed)).rejects.toBeInstanceOf(DOMException)
  })

  it.each([
    ['another id', (s: { id: string }) => ({ ...s, id: KEY })],
    ['a cut end', (s: { ct: string }) => ({ ...s, ct: s.ct.slice(0, -8) })],
    [
      'one letter changed',
      (s: { ct: string }) => ({ ...s, ct: (s.ct[0] === 'A' ? 'B' : 'A') + s.ct.slice(1) }),
    ],
    ['another iv', (s: { iv: string }) => ({ ...s, iv: 'AAAAAAAAAAAAAAAA' })],
  ])('does not open with %s', async (_what, alter) => {
    const sealed = await sealer.seal(letter)
    const open = await openWith({ enc: sealed.enc })
    await expect(open(alter(sealed as never) as never)).rejects.toBeInstanceOf(DOMException)
  })
})
