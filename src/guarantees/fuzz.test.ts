/**
 * The real device against the real server on a network that does everything a network may do, in worlds drawn from a
 * seed (fuzz/). A short run; `npm run fuzz -- --acts N --seed S` runs as long as one likes. The expected value is
 * not computed by the code under test: it is what the devices said they keep. What a long run found became a test of
 * its own beside the code: how requests overlap is not drawn from the seed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHouse, type House } from '../../fuzz/house.ts'
import { Tally } from '../../fuzz/tally.ts'
import { runWorld } from '../../fuzz/world.ts'
import { createTestDatabase, testEngines, type TestDatabase } from '../platform/server/testing.ts'
import { testAppPassword } from '../platform/server/testing-servers.ts'

const FRESH = [101, 102, 103]
const ACTS = 500

describe.each(testEngines())('fuzz on $name', ({ name }) => {
  let db: TestDatabase
  let house: House
  const faults = new Tally()
  beforeAll(async () => {
    db = await createTestDatabase(name)
    house = await openHouse(db.ownerUrl, testAppPassword)
  })
  afterAll(async () => {
    await house.close()
    await db.drop()
  })

  it.each(FRESH)(
    'G1 G2 G3 G4 G5 G6 G7 G9 F1 F2 F3 F5 F6 F9 F16 F17 F19 F20 F21 F22 F23 F24 F25 F26 F27 F29 F31 F32 F33 F34 F41 nothing is lost, doubled or changed, and all see the same (seed %i)',
    { timeout: 120_000 },
    async (seed) => {
      const outcome = await runWorld(house, seed, ACTS)
      faults.addAll(outcome.faults)
      expect(outcome.captured).toBeGreaterThan(0)
      expect(outcome.wrong, outcome.log.join('\n')).toEqual([])
    },
  )

  it('injects what it says', () => {
    expect(faults.sum()).toBeGreaterThan(FRESH.length * 20)
    expect(faults.get('answer dropped')).toBeGreaterThan(0)
    expect(faults.get('tab killed') + faults.get('tab crashed')).toBeGreaterThan(0)
  })
})
