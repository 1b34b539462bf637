import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Json } from '../../core/canonical.ts'
import { Refused, Unreachable } from '../http.ts'
import type { LockReason } from '../store/device.ts'
import { StoreError } from '../store/errors.ts'
import type { Demo, Me } from './identity.ts'
import type { Last } from './last.ts'
import { createSession, type Session, type SessionDevice, type SessionPorts } from './machine.ts'

/** A device that keeps documents until it is signed out, as the real one does. */
class Device implements SessionDevice {
  readonly who: Last
  readonly values: Map<string, Json>
  closed = false

  constructor(who: Last, kept: Map<string, Json>) {
    this.who = who
    this.values = kept
  }
  value(name: string) {
    return this.values.get(name)
  }
  setValue(name: string, value: Json) {
    this.values.set(name, value)
    return Promise.resolve()
  }
  isInFlight() {
    return flight
  }
  signOut() {
    this.values.clear()
    this.closed = true
    return Promise.resolve()
  }
  close() {
    this.closed = true
  }
}

const demo: Demo = { demo: true, district: 'Cedar Bend', tz: 'America/Chicago', personas: [] }
const para: Me = {
  person: { id: 'person-1', name: 'Pat Para', initials: 'P.P.' },
  district: { id: 'district-1', name: 'Cedar Bend', demo: true, tz: 'America/Chicago', clockOffsetMs: 0 },
  roles: ['para'],
}
const other: Me = { ...para, person: { id: 'person-2', name: 'Tess Teach', initials: 'T.T.' } }

let network: boolean
let flight: boolean
/** Whom the server's cookie names. */
let cookie: Me | null
let last: Last | 'leaving' | null
/** What stands on the device, by person. */
let kept: Map<string, Map<string, Json>>
let devices: Device[]
let told: number
let failing: StoreError | null
/** What the device that was opened last says when it locks itself. */
let lock: (reason: LockReason) => void

beforeEach(() => {
  network = true
  flight = false
  cookie = null
  last = null
  kept = new Map()
  devices = []
  told = 0
  failing = null
})

/** A page that was just loaded on this device. */
function load(others: Partial<SessionPorts<Device>> = {}): Session<Device> {
  return createSession<Device>({
    readLast: () => Promise.resolve(last),
    writeLast: (value) => {
      last = value
      return Promise.resolve()
    },
    open: (who, onLock) => {
      lock = onLock
      if (failing) return Promise.reject(failing)
      const values = kept.get(who.person) ?? new Map<string, Json>()
      kept.set(who.person, values)
      const device = new Device(who, values)
      devices.push(device)
      return Promise.resolve(device)
    },
    whoAmI: () => online().then(() => cookie),
    demoSchool: () => online().then(() => demo),
    signOutOfServer,
    tellOthers: () => {
      told++
    },
    ...others,
  })
}

const online = () => (network ? Promise.resolve() : Promise.reject(new Unreachable('no answer')))

const signOutOfServer = () =>
  online().then(() => {
    cookie = null
  })

describe('a device that nobody used', () => {
  test('offers the demo school when the server has it', async () => {
    const session = load()
    expect(session.state()).toEqual({ status: 'starting' })
    await session.start()
    expect(session.state()).toEqual({ status: 'signed_out', demo, reachable: true, why: null })
  })

  test('says that the server does not answer, and asks again when told to', async () => {
    network = false
    const session = load()
    await session.start()
    expect(session.state()).toEqual({ status: 'signed_out', demo: null, reachable: false, why: null })
    network = true
    await session.refresh()
    expect(session.state()).toMatchObject({ status: 'signed_out', reachable: true })
  })

  test('opens the device of who signs in, remembers them, and tells the other tabs once', async () => {
    const session = load()
    await session.start()
    cookie = para
    await session.refresh()
    await session.refresh()
    expect(session.state()).toMatchObject({ status: 'signed_in', me: para, expired: false })
    expect(last).toEqual({ person: 'person-1', district: 'district-1' })
    expect(kept.get('person-1')?.get('me')).toEqual(para)
    expect(devices).toHaveLength(1)
    expect(told).toBe(1)
  })
})

describe('a device with somebody signed in', () => {
  beforeEach(async () => {
    cookie = para
    await load().start()
    devices = []
  })

  test('starts without a network, from what it keeps', async () => {
    network = false
    const session = load()
    await session.start()
    expect(session.state()).toMatchObject({ status: 'signed_in', me: para, expired: false })
  })

  test('in flight mode, asks the server nothing', async () => {
    flight = true
    cookie = null
    const session = load()
    await session.start()
    expect(session.state()).toMatchObject({ status: 'signed_in', me: para, expired: false })
  })

  test('goes on when the server ended the session, and says so', async () => {
    cookie = null
    const session = load()
    await session.start()
    expect(session.state()).toMatchObject({ status: 'signed_in', me: para, expired: true })
    expect(devices.map((device) => device.closed)).toEqual([false])
    cookie = para
    await session.refresh()
    expect(session.state()).toMatchObject({ status: 'signed_in', expired: false })
  })

  test('closes the device of one person before it opens that of another', async () => {
    const session = load()
    await session.start()
    cookie = other
    await session.refresh()
    expect(session.state()).toMatchObject({ status: 'signed_in', me: other })
    expect(devices.map((device) => [device.who.person, device.closed])).toEqual([
      ['person-1', true],
      ['person-2', false],
    ])
  })

  test('a refusal that is no answer about the session changes nothing', async () => {
    const session = load({ whoAmI: () => Promise.reject(new Refused('server.failed', 500, '', null)) })
    await session.start()
    expect(session.state()).toMatchObject({ status: 'signed_in', me: para, expired: false })
  })

  test('F10 says so when the browser keeps nothing', async () => {
    failing = new StoreError('unavailable')
    const session = load()
    await session.start()
    expect(session.state()).toEqual({ status: 'cannot_keep', code: 'unavailable' })
  })

  test('signing out forgets the documents and the person, at the server too', async () => {
    const session = load()
    await session.start()
    await session.signOut()
    expect(session.state()).toMatchObject({ status: 'signed_out' })
    expect(kept.get('person-1')?.size).toBe(0)
    expect(devices.map((device) => device.closed)).toEqual([true])
    expect([last, cookie]).toEqual([null, null])
  })

  test('who signs in after a sign-out that the server refused to hear is not signed out again', async () => {
    let deaf = true
    const session = load({
      signOutOfServer: () =>
        deaf ? Promise.reject(new Refused('server.failed', 500, '', null)) : signOutOfServer(),
    })
    await session.start()
    await session.signOut()
    expect(session.state()).toMatchObject({ status: 'signed_out', reachable: true })
    deaf = false
    cookie = other
    await session.entered()
    expect(session.state()).toMatchObject({ status: 'signed_in', me: other })
  })

  test('signing out without a network holds: the server’s cookie does not bring the person back', async () => {
    const session = load()
    await session.start()
    network = false
    await session.signOut()
    expect(session.state()).toMatchObject({ status: 'signed_out', reachable: false })
    expect(cookie).toEqual(para)

    network = true
    const next = load()
    await next.start()
    expect(next.state()).toMatchObject({ status: 'signed_out', reachable: true })
    expect([last, cookie]).toEqual([null, null])
  })

  test('signed out from elsewhere, it says so at the way in, and nobody is remembered', async () => {
    const session = load()
    await session.start()
    cookie = null
    lock('revoked')
    await vi.waitFor(() =>
      expect(session.state()).toEqual({ status: 'signed_out', demo, reachable: true, why: 'revoked' }),
    )
    expect(devices.map((device) => device.closed)).toEqual([true])
    expect(last).toBeNull()
    cookie = para
    await session.entered()
    expect(session.state()).toMatchObject({ status: 'signed_in', me: para })
  })

  test('F33 a sign-out in another tab is not undone by this one while the server’s cookie lives', async () => {
    const session = load()
    await session.start()
    last = 'leaving'
    lock('left')
    await vi.waitFor(() =>
      expect(session.state()).toEqual({ status: 'signed_out', demo, reachable: true, why: null }),
    )
    expect([last, cookie]).toEqual([null, null])
  })

  test('without keys and without a network, the way in says that it needs one', async () => {
    failing = new StoreError('locked')
    const session = load()
    await session.start()
    expect(session.state()).toEqual({ status: 'signed_out', demo: null, reachable: false, why: null })
    failing = null
    await session.refresh()
    expect(session.state()).toMatchObject({ status: 'signed_in', me: para })
  })
})
