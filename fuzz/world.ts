/**
 * One world: two districts, their people and browsers, some hundreds of acts on a bad network, then quiet, then the
 * question of what is wrong. Everything is drawn from the seed; how requests overlap in the server is not, so a world
 * that failed hands out the log of what was done in it.
 */
import { Browser, type Tab } from './browser.ts'
import { backup, restore, type Backup } from './backup.ts'
import { findings, leaks } from './check.ts'
import { expire, openDistrict, signIn, type District, type Member } from './district.ts'
import type { House } from './house.ts'
import { Ledger } from './ledger.ts'
import { Network } from './network.ts'
import { diceOf, turns, type Dice } from './random.ts'
import { Tally } from './tally.ts'
import { Desk } from './work.ts'

export interface Outcome {
  readonly seed: number
  readonly acts: Tally
  readonly faults: Tally
  /** What the server answered, by status and code. */
  readonly answers: Tally
  readonly captured: number
  /** What is wrong, a line each: `lost 0192…`. Empty = everything held. */
  readonly wrong: readonly string[]
  readonly log: readonly string[]
}

/** Cycles that a device may need until everything is in its place, once the network is calm. */
const CALM_CYCLES = 12
/** Syncs under way at once. */
const SYNCS_AT_MOST = 4
/** Longer than any wait of a tab. */
const PATIENCE_MS = 31_000
const MOMENT_MS = 500
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const ACTS = {
  work: 100,
  sync: 60,
  'open a tab': 12,
  'close a tab': 3,
  'kill a tab': 4,
  'give a tab a short life': 6,
  'freeze a tab': 3,
  'thaw the tabs': 5,
  'another tab leads': 4,
  'time passes': 8,
  'hours pass': 2,
  'a clock jumps': 4,
  'somebody else signs in': 4,
  'sign out': 2,
  'session expires': 4,
  'sign in again': 8,
  'relationship ends': 2,
  'relationship begins': 3,
  restriction: 0.3,
  backup: 2,
  restore: 1,
  'connections killed': 3,
  'flight mode': 2,
  'try again': 4,
  'disk full': 2,
  'a proxy with a limit': 2,
  'a poisoned record': 2,
  'late requests arrive': 6,
} as const

/** Nothing is waited for, so a world that takes longer hangs. */
const HANGS_AFTER_MS = 300_000

/** Runs a world of about `acts` acts. What nobody caught is among what is wrong. */
export async function runWorld(house: House, seed: number, acts: number): Promise<Outcome> {
  const world = await World.open(house, seed)
  const outcome = (wrong: readonly string[]): Outcome => ({
    ...world,
    seed,
    captured: world.ledger.size,
    wrong: [...world.wrong, ...wrong],
  })
  const run = async () => {
    while (world.acts.sum() < acts) await world.act()
    await world.calm()
    const wrong = await findings(house, world)
    await world.close()
    return outcome(wrong)
  }
  let timer: NodeJS.Timeout | undefined
  const hangs = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      const found = house.state().then((state) => outcome([`hangs: ${world.log.at(-1)}`, ...state]))
      resolve(found)
    }, HANGS_AFTER_MS)
  })
  try {
    return await Promise.race([run(), hangs])
  } catch (error) {
    return outcome([`ended: ${error instanceof Error ? error.stack : String(error)}`])
  } finally {
    clearTimeout(timer)
  }
}

export class World {
  readonly acts = new Tally()
  readonly faults = new Tally()
  readonly answers = new Tally()
  readonly log: string[] = []
  /** What was wrong while it ran. */
  readonly wrong: string[] = []
  readonly ledger = new Ledger()
  readonly districts: readonly District[]
  readonly network: Network
  readonly browsers: readonly Browser[]
  readonly #house: House
  readonly #dice: Dice
  readonly #desks: ReadonlyMap<string, Desk>
  readonly #backups = new Map<string, Backup[]>()
  readonly #syncing = new Set<Promise<unknown>>()

  static async open(house: House, seed: number): Promise<World> {
    const home = await openDistrict(house, {
      name: 'Home',
      students: 2,
      people: [
        { name: 'maya', role: 'para', with: [0, 1] },
        { name: 'andre', role: 'para', with: [1] },
        { name: 'dana', role: 'case_manager', with: [0, 1] },
        { name: 'kim', role: 'substitute', with: [0] },
      ],
    })
    const away = await openDistrict(house, {
      name: 'Away',
      students: 1,
      people: [{ name: 'eve', role: 'case_manager', with: [0] }],
    })
    return new World(house, diceOf(seed), [home, away])
  }

  private constructor(house: House, dice: Dice, districts: readonly District[]) {
    this.#house = house
    this.#dice = dice
    this.districts = districts
    const log = (line: string) => this.#say(line)
    this.network = new Network(house, {
      faults: this.faults,
      answers: this.answers,
      log,
      wrong: (line) => this.wrong.push(line),
    })
    const on = { network: this.network, faults: this.faults, dice, log }
    this.browsers = [new Browser('phone', on), new Browser('tablet', on), new Browser('laptop', on)]
    this.#desks = new Map(districts.map((district) => [district.id, new Desk(district)]))
  }

  get tabs(): readonly Tab[] {
    return this.browsers.flatMap((browser) => [...browser.tabs])
  }

  districtOf(member: Member): District {
    return this.districts.find((district) => district.id === member.district) as District
  }

  async act(): Promise<void> {
    const act = this.#dice.weighted(ACTS)
    await this.#do(act)
    for (const tab of this.tabs) if (tab.isDead || tab.isLocked) tab.close()
    if (this.#syncing.size >= SYNCS_AT_MOST) await within(100, Promise.race(this.#syncing))
    // whoever waits for a tab that is frozen, or for an answer that never comes, waits no longer than a person would
    if (this.#syncing.size >= SYNCS_AT_MOST)
      for (const tab of this.tabs) {
        tab.life.pass(PATIENCE_MS)
        tab.giveUp()
      }
    await turns(this.#dice.below(3))
  }

  async #do(act: keyof typeof ACTS): Promise<void> {
    const dice = this.#dice
    const tab = this.#someTab()
    const browser = dice.pick(this.browsers)
    const district = dice.chance(0.8) ? (this.districts[0] as District) : (this.districts[1] as District)
    const member = dice.pick(district.members)
    if (act !== 'work') this.acts.add(act)
    switch (act) {
      case 'work':
        return tab ? this.#work(tab) : this.#openTab(browser)
      case 'sync':
        if (tab) await this.#sync(tab)
        return
      case 'open a tab':
        return this.#openTab(browser)
      case 'close a tab':
        return tab?.close()
      case 'kill a tab':
        return tab?.die('killed')
      case 'give a tab a short life':
        if (tab) tab.lifetime = 1 + dice.below(30)
        return
      case 'freeze a tab':
        if (tab) this.faults.add('tab frozen')
        return tab?.life.freeze()
      case 'thaw the tabs':
        for (const one of this.tabs) one.thaw()
        return
      case 'another tab leads':
        return tab?.profile.leadership.steal(tab, dice.chance(0.3))
      case 'time passes':
        return browser.pass(dice.pick([300, 1_000, 5_000, 60_000, 400_000]))
      case 'hours pass':
        this.#say('hours pass')
        return district.pass(dice.below(30 * HOUR_MS))
      case 'a clock jumps': {
        this.faults.add('clock jumped')
        browser.skew = dice.chance(0.3)
          ? 0
          : dice.chance(0.1)
            ? Date.parse('2099-01-01T00:00:00.000Z') - Date.now()
            : Math.floor((dice.next() - 0.5) * 4 * DAY_MS)
        this.#say(`${browser.name} clock jumps to ${new Date(Date.now() + browser.skew).toISOString()}`)
        return
      }
      case 'somebody else signs in':
        return this.#signIn(browser, member)
      case 'sign out':
        if (!tab) return
        this.#say(`${tab.name} signs out`)
        // without waiting for the end of it: the network has its part in it
        return this.#soon(tab.life.run(() => tab.device.signOut()).then(() => tab.close()))
      case 'session expires':
        if (!browser.session) return
        this.faults.add('session expired')
        this.#say(`${browser.name} session of ${browser.session.member.name} expires`)
        browser.session.isValid = false
        return expire(this.#house, browser.session.token)
      case 'sign in again':
        if (browser.session) await this.#signIn(browser, browser.session.member)
        return
      case 'relationship ends': {
        const at = district.now() + (dice.chance(0.5) ? -dice.below(DAY_MS) : dice.below(HOUR_MS))
        const isDone = await district.end(member, dice.pick(district.students), at)
        if (isDone) this.faults.add('relationship ended')
        this.#say(`relationship of ${member.name} ends: ${isDone}`)
        return
      }
      case 'relationship begins': {
        const to = dice.chance(0.5) ? null : district.now() + dice.below(12 * HOUR_MS)
        this.#say(`relationship of ${member.name} begins`)
        return district.begin(member, dice.pick(district.students), to)
      }
      case 'restriction':
        this.faults.add('restriction')
        this.#say(`restriction of ${member.name}`)
        return district.restrict(
          member,
          dice.pick(district.students),
          district.now() + dice.below(HOUR_MS),
          dice.chance(0.5) ? null : district.now() + DAY_MS,
        )
      case 'backup':
        return this.#backup(district)
      case 'restore':
        return this.#restore(district)
      case 'connections killed': {
        const struck = [...this.network.backends.keys()].filter(() => dice.chance(0.6))
        if (struck.length === 0) return
        this.faults.add('connection killed', struck.length)
        this.#say(`${struck.length} connections killed`)
        return this.#house.terminate(struck)
      }
      case 'flight mode':
        if (!tab) return
        this.faults.add('flight mode')
        return this.#soon(
          tab.life.run(() => tab.device.setFlight(!tab.device.isInFlight() && dice.chance(0.6))),
        )
      case 'try again': {
        const asking = tab?.device.outbox().filter((entry) => entry.state === 'needs_you') ?? []
        if (!tab || asking.length === 0) return
        const { id } = dice.pick(asking)
        return this.#soon(tab.life.run(() => tab.device.retry(id)))
      }
      case 'disk full':
        browser.full = 1 + dice.below(6)
        return
      case 'a proxy with a limit':
        this.network.limit = dice.pick([null, null, null, 2_500, 8_000, 30_000])
        return
      case 'a poisoned record': {
        const waiting = tab?.device.outbox().filter((entry) => entry.state === 'kept') ?? []
        if (waiting.length > 0) this.network.poison = { id: dice.pick(waiting).id, left: 1 + dice.below(30) }
        return
      }
      case 'late requests arrive':
        return this.network.arrive(dice)
    }
  }

  /** Taps, one after another or many at once. */
  async #work(tab: Tab): Promise<void> {
    const { member, browser } = tab.profile
    const district = this.districtOf(member)
    const desk = this.#desks.get(member.district) as Desk
    const n = this.#dice.chance(0.3) ? 1 + this.#dice.below(30) : 1 + this.#dice.below(4)
    const kept: Promise<{ id: string; isKept: boolean }>[] = []
    for (let i = 0; i < n && !tab.isDead && !tab.life.isFrozen && !tab.isLocked; i++) {
      const work = desk.next(member, Date.now() + browser.skew + (district.now() - Date.now()), this.#dice)
      this.acts.add(work.draft.kind)
      const capture = tab.life.run(() => tab.device.capture(work.draft))
      work.remember(capture.record.id)
      kept.push(this.ledger.enter(tab, capture))
    }
    const entries = await Promise.all(kept)
    for (const { id, isKept } of entries) this.#say(`${tab.name} ${isKept ? 'keeps' : 'does not keep'} ${id}`)
  }

  async #sync(tab: Tab): Promise<void> {
    this.#say(`${tab.name} syncs`)
    const cycle = this.#track(tab.life.run(() => tab.device.syncNow()))
    if (this.#dice.chance(0.7)) await within(100, cycle)
  }

  async #openTab(browser: Browser): Promise<void> {
    if (browser.tabs.size >= 3) return
    if (!browser.session) await this.#signIn(browser, this.#dice.pick(this.#everybody()))
    const member = browser.session?.member
    if (!member) return
    this.#say(`${browser.name} opens a tab of ${member.name}`)
    await browser.open(member)
  }

  async #signIn(browser: Browser, member: Member): Promise<void> {
    this.#say(`${browser.name}: ${member.name} signs in`)
    browser.session = { member, isValid: true, ...(await signIn(this.#house, member)) }
    // the shell opens the device of whoever signed in; tabs of others may stand open
    for (const tab of browser.tabs) if (tab.profile.member !== member && this.#dice.chance(0.7)) tab.close()
    const mine = [...browser.tabs].filter((tab) => tab.profile.member === member)
    if (mine.length === 0) await browser.open(member)
  }

  async #backup(district: District): Promise<void> {
    const published = this.#dice.chance(0.6)
    const made = await backup(this.#house, district, published)
    // once a newer backup is said to cover more, an older one is no longer what a restored server begins from
    const before = published ? [] : (this.#backups.get(district.id) ?? [])
    this.#backups.set(district.id, [...before, made].slice(-3))
    this.#say(`backup at ${made.head}${published ? ', published' : ''}`)
  }

  async #restore(district: District): Promise<void> {
    const backups = this.#backups.get(district.id) ?? []
    if (backups.length === 0) return
    const chosen = this.#dice.pick(backups)
    this.network.isDown = true
    await this.network.quiet()
    await restore(this.#house, district, chosen)
    this.network.isDown = false
    this.faults.add('server restored from a backup')
    this.#say(`restored to ${chosen.head}`)
  }

  /** The network is good, nothing crashes, everybody signs in wherever they have something, until all is in its place. */
  async calm(): Promise<void> {
    this.#say('— calm —')
    this.network.isCalm = true
    for (const browser of this.browsers) browser.full = 0
    for (const tab of this.tabs) {
      tab.lifetime = null
      tab.thaw()
      tab.giveUp()
    }
    await this.network.arrive(this.#dice, true)
    await this.network.quiet()
    // whoever asked a tab that is gone to sync waits no longer than a person would
    while (this.#syncing.size > 0) {
      for (const browser of this.browsers) browser.pass(PATIENCE_MS)
      await within(100, Promise.allSettled(this.#syncing))
    }
    for (const browser of this.browsers) await this.#goOn(browser)
    for (const browser of this.browsers)
      for (const { member } of browser.profiles.values()) {
        const tab = await this.reopen(browser, member)
        const { unsent, needsYou } = tab.device.status()
        this.#say(`${tab.name} has ${unsent} unsent, ${needsYou} in quarantine`)
        for (const entry of tab.device.outbox())
          if (entry.state === 'needs_you')
            await this.#patiently(
              browser,
              tab.life.run(() => tab.device.retry(entry.id)),
            )
        await this.settle(tab)
        tab.close()
      }
  }

  /** Who sits at a browser goes on there before anybody else signs in, which would clean it. */
  async #goOn(browser: Browser): Promise<void> {
    for (const tab of browser.tabs) if (tab.isDead || tab.isLocked) tab.close()
    const tab = [...browser.tabs].find((one) => one.profile.member === browser.session?.member)
    for (const other of browser.tabs) if (other !== tab) other.close()
    if (!tab) return
    const { member } = tab.profile
    browser.session = { member, isValid: true, ...(await signIn(this.#house, member)) }
    await this.settle(tab)
    if (!tab.isLocked) this.wrong.push(...(await leaks(this.#house, this, tab)))
    tab.close()
  }

  /** A tab of that person, signed in, on the calm network. */
  async reopen(browser: Browser, member: Member): Promise<Tab> {
    browser.session = { member, isValid: true, ...(await signIn(this.#house, member)) }
    let tab: Tab | null = null
    // another world may just have struck the connection that answers
    for (let n = 0; n < 5 && !tab; n++) tab = await browser.open(member)
    if (!tab) throw new Error(`${browser.name} did not open for ${member.name} on a calm network`)
    return tab
  }

  /** Syncs until nothing is left to do. */
  async settle(tab: Tab): Promise<void> {
    let quiet = 0
    const { browser } = tab.profile
    for (let n = 0; n < CALM_CYCLES && quiet < 2; n++) {
      // set by a tab that is gone, it may come to light late
      const ground = tab.device.isInFlight() ? tab.life.run(() => tab.device.setFlight(false)) : undefined
      await this.#patiently(browser, ground)
      await this.#patiently(
        browser,
        tab.life.run(() => tab.device.syncNow()),
      )
      // a tab that missed a change reads everything anew after a moment
      browser.pass(MOMENT_MS)
      await turns(3)
      const { unsent, connection } = tab.device.status()
      quiet = unsent === 0 && connection === 'online' ? quiet + 1 : 0
    }
    if (quiet < 2 && !tab.isLocked) {
      const { unsent, connection } = tab.device.status()
      const states = tab.device.outbox().map(({ id, state }) => `${id} ${state}`)
      this.wrong.push(`not quiet: ${tab.name}, ${unsent} unsent, ${connection}`, ...states.slice(0, 5))
    }
  }

  /** Who waits for another tab, which may be gone, waits no longer than a person would; a server that is slow is waited for. */
  async #patiently(browser: Browser, work: Promise<unknown> | undefined): Promise<void> {
    let isDone = work === undefined
    const ended = work?.finally(() => {
      isDone = true
    })
    while (!isDone) {
      await within(200, ended)
      if (!isDone && !this.network.isServing) browser.pass(PATIENCE_MS)
    }
    await ended
  }

  async close(): Promise<void> {
    for (const tab of this.tabs) tab.close()
    await this.network.quiet()
    for (const district of this.districts) await district.remove()
  }

  #someTab(): Tab | undefined {
    const tabs = this.tabs.filter((tab) => !tab.life.isFrozen && !tab.isDead && !tab.isLocked)
    return tabs.length > 0 ? this.#dice.pick(tabs) : undefined
  }

  #everybody(): readonly Member[] {
    return this.districts.flatMap((district) => district.members)
  }

  /** What goes on while the next acts are done. What rejects because a tab died, or was closed, is no news. */
  #track(work: Promise<unknown>): Promise<unknown> {
    const tracked = work.catch(() => undefined).finally(() => this.#syncing.delete(tracked))
    this.#syncing.add(tracked)
    return tracked
  }

  async #soon(work: Promise<unknown>): Promise<void> {
    await within(20, this.#track(work))
  }

  #say(line: string): void {
    this.log.push(line)
  }
}

/** Waits for it, but no longer than so many real ms. */
async function within(ms: number, work: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, enough])
  clearTimeout(timer)
}
