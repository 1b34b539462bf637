/** The question of what is wrong blames nobody for what is right. Worlds that were blamed wrongly, made again by hand. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, testEngines, type TestDatabase } from '../src/platform/server/testing.ts'
import { testAppPassword } from '../src/platform/server/testing-servers.ts'
import { findings } from './check.ts'
import type { Member } from './district.ts'
import { openHouse, type House } from './house.ts'
import { Plans } from './plans.ts'
import { diceOf } from './random.ts'
import { World } from './world.ts'

const MINUTE_MS = 60_000

describe.each(testEngines())('what is wrong, on $name', ({ name }) => {
  let db: TestDatabase
  let house: House
  let world: World
  beforeAll(async () => {
    db = await createTestDatabase(name)
    house = await openHouse(db.ownerUrl, testAppPassword)
    world = await World.open(house, 1)
    await world.calm()
  })
  afterAll(async () => {
    await world.close()
    await house.close()
    await db.drop()
  })

  it('a relationship that ends by the clock of the device alone, which ran on for longer, is nothing wrong', async () => {
    const [browser] = world.browsers
    const [home] = world.districts
    const dana = home?.members.find((member) => member.name === 'dana') as Member
    const student = home?.students[0]
    if (!browser || !home || !student) throw new Error('this world has nobody')
    const tab = await world.reopen(browser, dana)
    const { draft } = new Plans(home).next(home.now(), diceOf(1))
    const program = tab.life.run(() => tab.device.capture({ ...draft, student }))
    await world.ledger.enter(tab, program)
    await world.settle(tab)
    tab.close()
    const part = tab.device.partitionOf(program.record) ?? ''
    await home.end(dana, student, home.now() + 2 * MINUTE_MS)
    const settle = world.settle.bind(world)
    world.settle = async (one) => {
      await settle(one)
      expect(one.device.records(part)).toHaveLength(1)
      // nobody answers any more, and whoever waits gives up several times: a machine that is slow
      browser.session = null
      browser.pass(5 * MINUTE_MS)
      await vi.waitUntil(() => one.device.records(part).length === 0)
    }

    expect(await findings(house, world)).toEqual([])
  })
})
