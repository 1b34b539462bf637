/**
 * `npm run fuzz -- --acts N --seed S [--world N] [--engine 18]`: worlds one after another, each named by its seed,
 * until N acts are done. Prints acts, faults and what was found; exit code 1 when anything was. The log of a world
 * that failed is written to a file that is named.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ownerRole } from '../src/platform/server/postgres.ts'
import { startEngine, testAppPassword, testTemplate } from '../src/platform/server/testing-servers.ts'
import { openHouse } from './house.ts'
import { runWorld } from './world.ts'
import { Summary } from './summary.ts'

const AT_ONCE = 3

const { values } = parseArgs({
  options: {
    acts: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    world: { type: 'string', default: '800' },
    engine: { type: 'string', default: '18' },
  },
})
const [acts, seed, size] = [values.acts, values.seed, values.world].map(Number) as [number, number, number]
if (![acts, seed, size].every((n) => Number.isSafeInteger(n) && n > 0)) {
  console.error(
    'npm run fuzz -- --acts N --seed S [--world N] [--engine 15|18]: N and S are whole numbers above 0',
  )
  process.exit(2)
}

const engine = await startEngine(`postgres-${values.engine}`)
const { port, password } = engine.server
const house = await openHouse(
  `postgres://${ownerRole}:${password}@127.0.0.1:${port}/${testTemplate}`,
  testAppPassword,
)
const summary = new Summary()
try {
  let next = seed
  const left = () => acts - summary.acts
  // several at once, so that one computes while another waits for the database
  const worlds = Array.from({ length: Math.min(AT_ONCE, Math.ceil(acts / size)) }, async () => {
    while (left() > 0) {
      const outcome = await runWorld(house, next++, Math.min(size, left()))
      summary.add(outcome)
      if (outcome.wrong.length > 0) console.log(`seed ${outcome.seed} failed, see ${logOf(outcome)}`)
      if (summary.worlds % 20 === 0) console.log(summary.line())
    }
  })
  await Promise.all(worlds)
} finally {
  await house.close()
  await engine.end()
}
console.log(summary.text(house.errors))
process.exitCode = summary.wrong === 0 ? 0 : 1

function logOf({ seed: of, wrong, log }: { seed: number; wrong: readonly string[]; log: readonly string[] }) {
  const folder = join(tmpdir(), 'handrail-fuzz')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `seed-${of}.log`)
  writeFileSync(file, [...wrong, '', ...log, ''].join('\n'))
  return file
}
