/**
 * B3: what taps cost the network. Everything between one phone and the server goes over a wire that counts: a burst of
 * taps until the last one is with the team, and ten seconds in which nothing happens. The peer is Compass, an
 * open-source data tool of the same field, as its own code and traffic show: a page that asks again and again.
 */
import { number, type Figure } from './frame.ts'
import { openHouse } from './house.ts'
import { keyOf, openPhone, openWire, signIn } from './phone.ts'

const TAPS = 40
/** A brisk count. Two taps closer than 200 ms count as one. */
const APART_MS = 300

export const b3: Figure = {
  id: 'B3',
  question: 'What does a tap cost the network?',
  async run() {
    const house = await openHouse(0)
    const wire = await openWire(house.url)
    const phone = await openPhone(() => undefined)
    try {
      await signIn(phone, wire.url)
      await phone.page.goto(`${wire.url}/pad`)
      await keyOf(phone.page).click()
      await phone.page.waitForTimeout(8000)
      const quiet = wire.counts()
      await phone.page.waitForTimeout(10_000)
      const idle = wire.counts()

      const stored = await recorded(house.owner)
      const from = wire.paths.length
      const before = wire.counts()
      const key = keyOf(phone.page)
      for (let n = 0; n < TAPS; n++) {
        await key.click()
        await phone.page.waitForTimeout(APART_MS)
      }
      while ((await recorded(house.owner)) < stored + TAPS) await phone.page.waitForTimeout(100)
      // what comes back to the phone belongs to it
      await phone.page.waitForTimeout(3000)
      const after = wire.counts()
      const requests = (after.requests - before.requests) / TAPS
      const tally = Object.entries(
        Object.groupBy(wire.paths.slice(from), (path) => path.replace(/\?.*/, '')),
      ).map(([path, all]) => `${all?.length} × ${path}`)
      return [
        {
          what: `requests a tap, ${TAPS} taps in a burst (${tally.join(', ')})`,
          value: number(requests, 2),
          floor: '2 (Compass)',
          goal: '≤ 0.1',
          holds: requests <= 0.1,
        },
        { what: 'bytes a tap, both ways', value: number((after.bytes - before.bytes) / TAPS) },
        {
          what: 'requests and bytes in 10 s idle',
          value: `${idle.requests - quiet.requests}, ${idle.bytes - quiet.bytes}`,
          floor: '240 requests (Compass)',
          goal: '0 requests',
          holds: idle.requests === quiet.requests,
        },
      ]
    } finally {
      await phone.close()
      await wire.cut()
      await house.close()
    }
  },
}

async function recorded(owner: {
  query: (sql: string) => Promise<{ rows: { n: number }[] }>
}): Promise<number> {
  const { rows } = await owner.query(
    "select count(*)::int as n from handrail.record where kind = 'sessions.occurrence'",
  )
  return rows[0]?.n ?? 0
}
