/** Domain D.7: probes at 1, 2, 4, 8 weeks; a failed one again within 3 days; twice → ask the owner. */
import { expect, test } from 'vitest'
import { generalizationGrid, maintenanceOf } from './maintenance.ts'
import { KIM, MAYA, session } from './testing.ts'

const RULE = { metric: 'pct_independent', cmp: '>=', threshold: '80' } as const
const RULES = { weeks: [1, 2, 4, 8], reprobeDays: 3, fails: 2 }
const probe = (day: string, correct: number) => session(day, correct, 10, { condition: 'maintenance' })
/** Mastered on Monday, September 7. */
const after = (...probes: ReturnType<typeof probe>[]) => maintenanceOf(RULE, probes, '2026-09-07', RULES)

test('due after 1, 2, 4 and 8 weeks', () => {
  const found = after()
  expect(found.probes.map((one) => one.due)).toEqual(['2026-09-14', '2026-09-21', '2026-10-05', '2026-11-02'])
  expect(found.next).toEqual({ kind: 'probe', due: '2026-09-14', week: 1 })
})

test('a probe that was missed stays due: a late one takes the place of the earliest', () => {
  const late = probe('2026-09-23', 9)
  const found = after(late)
  expect(found.probes.map((one) => one.session)).toEqual([late.session, null, null, null])
  expect(found.next).toEqual({ kind: 'probe', due: '2026-09-21', week: 2 })
})

test('one made early takes no place', () => {
  expect(after(probe('2026-09-10', 9)).next).toEqual({ kind: 'probe', due: '2026-09-14', week: 1 })
})

test('failed once: again within three days; passed then, the schedule goes on', () => {
  const failed = probe('2026-09-14', 7)
  expect(after(failed).next).toEqual({ kind: 'reprobe', due: '2026-09-17', week: null })
  expect(after(failed, probe('2026-09-16', 8)).next).toEqual({ kind: 'probe', due: '2026-09-21', week: 2 })
})

test('failed twice in a row: a question to the owner, with both probes; twice with a pass between is none', () => {
  const [first, second] = [probe('2026-09-14', 7), probe('2026-09-16', 6)]
  const found = after(first, second)
  expect(found.reteach).toEqual([first.session, second.session])
  expect(found.next).toBeNull()
  expect(after(first, probe('2026-09-16', 9), probe('2026-09-21', 5)).reteach).toBeNull()
})

test('all done', () => {
  const all = ['2026-09-14', '2026-09-21', '2026-10-05', '2026-11-02'].map((day) => probe(day, 9))
  expect(after(...all).next).toBeNull()
})

test('teaching sessions, second observers and short probes are no probes', () => {
  const short = session('2026-09-14', 0, 4, { condition: 'maintenance' })
  const second = session('2026-09-14', 0, 10, { condition: 'maintenance', observer: 'ioa' })
  expect(after(short, second, session('2026-09-14', 0, 10)).next).toMatchObject({ kind: 'probe', week: 1 })
})

const CARDS = { material: 'cards' }

test('a cell of the grid is shown after one session that meets the threshold', () => {
  const grid = generalizationGrid(RULE, [
    session('2026-09-08', 7, 10, CARDS),
    session('2026-09-09', 8, 10, CARDS),
    session('2026-09-09', 10, 10, { by: KIM, setting: 'Cafeteria', ...CARDS }),
    session('2026-09-10', 5, 10, { by: KIM }),
    session('2026-09-01', 10, 10, { by: KIM, setting: 'Gym', condition: 'baseline' }),
  ])
  expect(grid).toEqual([
    { person: KIM, setting: 'Cafeteria', material: 'cards', tried: 1, met: 1 },
    { person: KIM, setting: 'Room 12', material: null, tried: 1, met: 0 },
    { person: MAYA, setting: 'Room 12', material: 'cards', tried: 2, met: 1 },
  ])
})
