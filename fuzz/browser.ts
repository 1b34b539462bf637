/**
 * A browser of the school: its clock, its cookie, the stores of the people who use it, and tabs that run the real
 * device on them. A tab may die at every look at its store and at every request, and does nothing more then.
 */
import { uuidv7 } from '../src/platform/core/ids.ts'
import type { Clock } from '../src/platform/core/clock.ts'
import { openDevice, type Device } from '../src/platform/web/store/device.ts'
import { StoreError } from '../src/platform/web/store/errors.ts'
import { MemoryDisk } from '../src/platform/web/store/memory.ts'
import type { StoragePort } from '../src/platform/web/store/port.ts'
import type { Elect } from '../src/platform/web/sync/leader.ts'
import { registry } from '../src/registry.ts'
import { TZ, type Member } from './district.ts'
import { Life, type Air } from './life.ts'
import type { Network, Sender, Session } from './network.ts'
import type { Dice } from './random.ts'
import type { Tally } from './tally.ts'

export interface SignedIn extends Session {
  readonly member: Member
  readonly token: string
}

/** One person's store on one browser. */
export interface Profile {
  readonly browser: Browser
  readonly member: Member
  readonly leadership: Leadership
}

export class Browser {
  readonly name: string
  readonly air: Air = new Map()
  readonly profiles = new Map<string, Profile>()
  /** Databases by name, each as it rests. */
  readonly disks = new Map<string, MemoryDisk>()
  readonly tabs = new Set<Tab>()
  session: SignedIn | null = null
  /** The wall clock against the real one, ms. */
  skew = 0
  /** Since it was switched on, ms. */
  mono = 0
  /** How many writes of the next ones find the disk full. */
  full = 0
  #opened = 0
  readonly #network: Network
  readonly #faults: Tally
  readonly #dice: Dice
  readonly #log: (line: string) => void

  constructor(
    name: string,
    on: { network: Network; faults: Tally; dice: Dice; log: (line: string) => void },
  ) {
    this.name = name
    this.#network = on.network
    this.#faults = on.faults
    this.#dice = on.dice.fork(name)
    this.#log = on.log
  }

  profileOf(member: Member): Profile {
    const known = this.profiles.get(member.id)
    if (known) return known
    const profile = { browser: this, member, leadership: new Leadership() }
    this.profiles.set(member.id, profile)
    return profile
  }

  diskOf(name: string): MemoryDisk {
    const known = this.disks.get(name)
    if (known) return known
    const disk = new MemoryDisk()
    this.disks.set(name, disk)
    return disk
  }

  /** Opens a tab for whoever it is. Null when it died, or could not write, while it opened. */
  async open(member: Member): Promise<Tab | null> {
    const profile = this.profileOf(member)
    const name = `${this.name}/${member.name}#${++this.#opened}`
    const tab = new Tab(name, profile, this.#dice.fork(name), (line) => this.#log(`${name} ${line}`))
    this.tabs.add(tab)
    try {
      await tab.open({ network: this.#network, faults: this.#faults })
      return tab
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      this.#log(`${name} did not open: ${error.code} ${String(error.cause)}`)
      tab.close()
      return null
    }
  }

  /** Time goes by in every tab. */
  pass(ms: number): void {
    this.mono += ms
    for (const tab of this.tabs) tab.life.pass(ms)
  }
}

export class Tab implements Sender {
  readonly name: string
  readonly profile: Profile
  readonly dice: Dice
  readonly life: Life
  /** The monotonic clock of its browser when it was opened, ms. */
  readonly openedAt: number
  /** How many more looks at the store and the network it lives; null = for ever. */
  lifetime: number | null = null
  /** The device closed itself; the shell asks for a sign-in. */
  isLocked = false
  #device: Device | null = null
  readonly #log: (line: string) => void
  #faults: Tally | null = null

  constructor(name: string, profile: Profile, dice: Dice, log: (line: string) => void) {
    this.name = name
    this.profile = profile
    this.dice = dice
    this.life = new Life(profile.browser.air)
    this.openedAt = profile.browser.mono
    this.#log = log
  }

  get device(): Device {
    if (!this.#device) throw new Error(`${this.name} is not open`)
    return this.#device
  }

  get session(): Session | null {
    return this.profile.browser.session
  }

  get isDead(): boolean {
    return this.life.isDead
  }

  async open({ network, faults }: { network: Network; faults: Tally }): Promise<void> {
    const { browser, member, leadership } = this.profile
    this.#faults = faults
    const clock: Clock = {
      boot: uuidv7(Date.now()),
      now: () => Date.now() + browser.skew,
      mono: () => browser.mono,
    }
    if (this.dice.chance(network.isCalm ? 0 : 0.03)) this.lifetime = 1 + this.dice.below(15)
    this.#device = await this.life.run(() =>
      openDevice({
        district: member.district,
        person: member.id,
        tz: TZ,
        registry,
        clock,
        fetch: network.fetchOf(this),
        baseUrl: '',
        storages: {
          names: async () => [...browser.disks.keys()],
          open: async (name) => this.#mortal(browser.diskOf(name).open()),
        },
        onLock: (reason) => {
          this.#faults?.add(`device locked: ${reason}`)
          this.#log(`locked: ${reason}`)
          this.isLocked = true
        },
        elect: leadership.standFor(this),
        openStream: null,
        random: this.dice.next,
      }),
    )
    await Promise.resolve()
  }

  step(): void {
    if (!this.isDead && this.lifetime !== null && --this.lifetime <= 0) this.die('crashed')
    if (this.isDead) throw new StoreError('closed', new Error('this tab is dead'))
  }

  giveUp(): void {
    this.life.giveUp()
  }

  thaw(): void {
    this.life.thaw()
    this.profile.leadership.fill()
  }

  /** Killed: nothing is said, nothing more is done. */
  die(how: string): void {
    if (this.isDead) return
    this.#faults?.add(`tab ${how}`)
    this.#log(how)
    this.life.die()
    // The browser gives the lock to another tab.
    this.profile.leadership.leave(this)
  }

  close(): void {
    this.#device?.close()
    this.life.die()
    this.profile.leadership.leave(this)
    this.profile.browser.tabs.delete(this)
  }

  #mortal(port: StoragePort): StoragePort {
    const { browser } = this.profile
    return {
      transact: async (mode, tables, work) => {
        this.step()
        if (mode === 'write' && browser.full > 0) {
          browser.full -= 1
          this.#faults?.add('disk full')
          throw new StoreError('quota')
        }
        const result = await port.transact(mode, tables, work)
        this.step()
        return result
      },
      close: () => port.close(),
    }
  }
}

/** Which tab of a person leads, and whether for a moment all do. */
export class Leadership {
  readonly #standing = new Map<Tab, (isLeading: boolean) => void>()
  readonly #leading = new Set<Tab>()

  standFor(tab: Tab): Elect {
    return (onChange) => {
      queueMicrotask(() => {
        this.#standing.set(tab, onChange)
        if (this.#leading.size === 0) this.#set(tab, true)
      })
      return { stop: () => this.leave(tab) }
    }
  }

  get leaders(): readonly Tab[] {
    return [...this.#leading]
  }

  /** The lock is taken by this tab; the one it was taken from hears of it, unless it is to go on for a while. */
  steal(tab: Tab, both: boolean): void {
    if (!this.#standing.has(tab)) return
    if (!both) for (const leader of this.#leading) if (leader !== tab) this.#set(leader, false)
    this.#set(tab, true)
  }

  leave(tab: Tab): void {
    this.#standing.delete(tab)
    this.#leading.delete(tab)
    this.fill()
  }

  /** A lock that nobody holds goes to whoever stands for it and is awake. */
  fill(): void {
    const next = [...this.#standing.keys()].find((one) => !one.life.isFrozen)
    if (next && this.#leading.size === 0) this.#set(next, true)
  }

  #set(tab: Tab, isLeading: boolean): void {
    const onChange = this.#standing.get(tab)
    if (!onChange || tab.isDead || this.#leading.has(tab) === isLeading) return
    if (isLeading) this.#leading.add(tab)
    else this.#leading.delete(tab)
    tab.life.run(() => onChange(isLeading))
  }
}
