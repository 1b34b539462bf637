import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { page, type Locator } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { answering } from '../../../platform/web/testing-answers.ts'
import {
  at,
  DAY,
  Screen,
  smallSchool,
  type School,
  type StudentName,
} from '../../../platform/web/testing-day.tsx'
import type { ImportedOfficial, ImportOfficial } from '../official-import.ts'
import { dayView, markIn, rollOf } from '../rules.ts'
import { OnTask } from './OnTask.tsx'
import { Presences } from './Presences.tsx'
import RollCard from './RollCard.tsx'
import { TakingPart } from './TakingPart.tsx'

const FRACTIONS = 'Fractions'

async function open(what: 'card' | 'list' | 'part' | 'task', options: Parameters<School['open']>[1] = {}) {
  const school = smallSchool()
  const hand = await school.open('maya', options)
  const block = hand.me.boards[0]?.blocks[0]
  if (!block) throw new Error('no block')
  const props = { block, day: DAY, students: hand.me.students }
  await show(
    <Screen hand={hand}>
      <h1>Tuesday</h1>
      {what === 'card' && <RollCard block={block} day={DAY} />}
      {what === 'list' && <Presences {...props} />}
      {what === 'part' && <TakingPart {...props} />}
      {what === 'task' && <OnTask {...props} />}
    </Screen>,
  )
  const dayOf = (student: StudentName) => {
    const id = school.students[student]
    const refs = { roll: rollOf(id, DAY) }
    const partition = hand.device.partitionOf({ kind: 'attendance.presence', student: id, refs })
    return partition === null ? null : hand.device.state(dayView, partition)
  }
  return { school, hand, dayOf, markOf: (student: StudentName) => markIn(dayOf(student), FRACTIONS) }
}

/** How many clicks there are from now on. */
function countTaps(): () => number {
  let taps = 0
  const count = () => (taps += 1)
  document.addEventListener('click', count, { capture: true })
  onTestFinished(() => document.removeEventListener('click', count, { capture: true }))
  return () => taps
}

const button = (name: string | RegExp): Locator => page.getByRole('button', { name })

describe('who is here', () => {
  test('AW-6 everybody in one tap and one tap more for each who is not, without a network', async () => {
    const { school, markOf } = await open('card')
    school.offline = true
    const taps = countTaps()
    await button('All 3 here').click()
    await expect.poll(() => markOf('am')?.state).toBe('present')
    await button(/C\.D\./).click()
    await expect.poll(() => markOf('cd')?.state).toBe('absent')
    expect(taps()).toBe(2)
    expect(markOf('bk')?.state).toBe('present')
    await expect.element(page.getByText('2 of 3 here')).toBeVisible()
    expect(button('The others are here').query()).toBeNull()
  })

  test('all here leaves alone whom somebody marked before, and is taken back as one', async () => {
    const { markOf } = await open('card')
    await button(/A\.M\./).click()
    await button(/A\.M\./).click()
    await expect.poll(() => markOf('am')?.state).toBe('absent')
    await button('The others are here').click()
    await expect.poll(() => markOf('bk')?.state).toBe('present')
    expect(markOf('am')?.state).toBe('absent')
    await button('Undo').click()
    await expect.poll(() => markOf('bk')).toBeNull()
    expect(markOf('cd')).toBeNull()
    expect(markOf('am')?.state).toBe('absent')
  })

  test('late says by how many minutes of the block, by the clock', async () => {
    const { markOf } = await open('list', { time: '08:52' })
    await page.getByRole('group', { name: 'B.K.' }).getByRole('button', { name: 'Late' }).click()
    // the block began at 8:30
    await expect.poll(() => markOf('bk')).toMatchObject({ state: 'late', minutes: 22 })
    const row = page.getByRole('listitem').filter({ hasText: 'B.K.' })
    await expect.element(row).toMatchTextContent('by 22 minutes')
    await expect.element(row).toMatchTextContent('8:52, Maya Ortiz')
  })
})

test('taking part is counted in one tap each, and the last one can be taken back', async () => {
  const { dayOf } = await open('part')
  const row = page.getByRole('group', { name: 'A.M.' })
  await row.getByRole('button', { name: /answered/ }).click()
  await expect.element(row.getByRole('button', { name: '1 answered' })).toBeVisible()
  await row.getByRole('button', { name: /answered/ }).click()
  await row.getByRole('button', { name: /asked/ }).click()
  await expect.poll(() => dayOf('am')?.participation).toMatchObject([{ responded: 2, asked: 1, offered: 0 }])
  await button('Undo').click()
  await expect.poll(() => dayOf('am')?.participation).toMatchObject([{ responded: 2, asked: 0 }])
  expect(dayOf('bk')).toBeNull()
})

test('looks go round the class: one student a cue, a missed look counts for nothing, each has a fraction', async () => {
  const { hand, dayOf } = await open('task')
  await page.getByText('15 s').click()
  await button('Start with 3 students').click()
  await expect.element(page.getByText('Wait for the cue')).toBeVisible()
  const asked = page.getByRole('region', { name: 'On task' })
  // to just after each cue: A.M., B.K., C.D. and round again
  const toCue = () => hand.clock.advance(15_000)
  hand.clock.advance(500)
  toCue()
  await expect.element(asked).toMatchTextContent('A.M.')
  await button('yes').click()
  await expect.poll(() => dayOf('am')?.rounds).toMatchObject([{ numerator: 1, denominator: 1 }])
  toCue()
  await expect.element(asked).toMatchTextContent('B.K.')
  // nobody looks up in time
  hand.clock.advance(6000)
  await expect.element(page.getByText('Wait for the cue')).toBeVisible()
  hand.clock.advance(9000)
  await expect.element(asked).toMatchTextContent('C.D.')
  await button('no').click()
  toCue()
  await expect.element(asked).toMatchTextContent('A.M.')
  await button('no').click()
  await expect.poll(() => dayOf('am')?.rounds).toMatchObject([{ numerator: 1, denominator: 2 }])
  expect(dayOf('cd')?.rounds).toMatchObject([{ numerator: 0, denominator: 1 }])
  expect(dayOf('bk')).toBeNull()
  const result = (initials: string) => page.getByRole('listitem').filter({ hasText: initials })
  await expect.element(result('A.M.')).toMatchTextContent('1/2 = 50 %')
  await expect.element(result('B.K.')).toMatchTextContent('no look yet')
  await expect.element(result('C.D.')).toMatchTextContent('0/1 = 0 %')
})

describe('the office', () => {
  const path = `/api/attendance?day=${DAY}`
  const student = (initials: string, more: object) => ({
    student: crypto.randomUUID(),
    initials,
    color: 1,
    grade: '5',
    official: null,
    seen: null,
    mismatch: false,
    settled: null,
    ...more,
  })
  const seen = { is: 'here', block: 'HR', at: new Date(at('08:14')).toISOString(), by: 'Maya Ortiz' }
  const dina = student('D.L.', { official: 'absent', seen, mismatch: true })
  const other = student('J.C.', { official: null })

  /** With an office that keeps what is said: shown is what is read again. */
  async function openOffice(students: ReturnType<typeof student>[]) {
    let rows = students
    const keep = (id: unknown, more: object) => {
      rows = rows.map((row) => (row.student === id ? { ...row, ...more } : row))
    }
    const asked: { path: string; body: Record<string, unknown> }[] = []
    const before = globalThis.fetch
    answering({ [path]: () => ({ day: DAY, students: rows }) })
    const answers = globalThis.fetch
    globalThis.fetch = async (input, init) => {
      if (init?.method !== 'POST') return answers(input, init)
      const body = JSON.parse(String(init.body)) as Record<string, unknown>
      asked.push({ path: String(input), body })
      if (input === '/api/attendance')
        for (const { student: id, code } of body['marks'] as { student: string; code: string }[])
          keep(id, { official: code, mismatch: false })
      else keep(body['student'], { settled: { reason: body['reason'], by: 'Joan Meyer', note: null } })
      return new Response(JSON.stringify({ id: body['id'] }), {
        headers: { 'content-type': 'application/json' },
      })
    }
    onTestFinished(() => {
      globalThis.fetch = before
    })
    const { default: Official } = await import('./Official.tsx')
    const hand = await smallSchool().open('dana', {
      me: (me) => ({ ...me, roles: ['office'], students: [] }),
    })
    await show(
      <Screen hand={hand}>
        <Official />
      </Screen>,
    )
    return asked
  }

  test('AW-6 the late bus: here by the aide’s mark, absent officially; one tap ends it', async () => {
    const asked = await openOffice([dina, other])
    await expect.element(page.getByText('Here by the aide’s mark')).toBeVisible()
    await expect.element(page.getByText('Maya Ortiz, HR, 8:14')).toBeVisible()
    await expect.element(page.getByText('Officially: Absent')).toBeVisible()
    const taps = countTaps()
    await page
      .getByRole('group', { name: /^D\.L\.: change/ })
      .getByRole('button', { name: 'Late' })
      .click()
    await expect.element(page.getByText(/adults agree/)).toBeVisible()
    expect(taps()).toBe(1)
    expect(asked).toMatchObject([
      { path: '/api/attendance', body: { day: DAY, marks: [{ student: dina.student, code: 'late' }] } },
    ])
  })

  test('a file is taken in after its codes were said and every doubt was seen', async () => {
    const asked = await openOffice([other])
    const office = globalThis.fetch
    globalThis.fetch = async (input, init) => {
      if (input !== '/api/attendance/import') return office(input, init)
      const body = JSON.parse(String(init?.body)) as ImportOfficial
      asked.push({ path: input, body })
      const told = body.mapping?.codes['UX'] === 'absent'
      const severity = told ? ('warning' as const) : ('error' as const)
      const finding = { file: body.file, field: 'code', severity }
      return new Response(
        JSON.stringify({
          ok: told,
          imported: told && !body.dry_run,
          rows: 2,
          added: told ? 1 : 0,
          changed: 0,
          same: 1,
          from: DAY,
          to: DAY,
          findings: [{ ...finding, row: 2, code: 'attendance.unknown_code', message: 'Which code is it?' }],
          headers: ['Nr', 'date', 'code'],
          mapping: body.mapping ?? { columns: { day: 'date', code: 'code' }, codes: {} },
          unknown: told ? [] : ['UX'],
        } satisfies ImportedOfficial),
        { headers: { 'content-type': 'application/json' } },
      )
    }
    await button('Take in a file').click()
    const list = new File(['Nr,date,code\n101,2026-11-03,UX\n'], 'codes.csv', { type: 'text/csv' })
    await page.getByLabelText(/^List with a student/).upload(list)
    await expect.element(page.getByText('Nothing can be taken in until this is mended.')).toBeVisible()
    await expect.element(page.getByText('Row 2')).toBeVisible()
    expect(await axeFindings()).toEqual([])
    await button(/“UX” means/).click()
    await page.getByRole('option', { name: 'Absent' }).click()
    await expect.element(page.getByText(/1 new, 0 changed, 1 as before/)).toBeVisible()
    await button('Take in 1 code').click()
    await expect.element(page.getByText('The codes are in.')).toBeVisible()
    const sent = asked.map(({ body }) => body as unknown as ImportOfficial)
    expect(sent.map(({ dry_run }) => dry_run)).toEqual([true, true, false])
    // one act, however often it is looked at
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
    expect(atob(sent[2]?.base64 ?? '')).toBe('Nr,date,code\n101,2026-11-03,UX\n')
  })

  test('or both stay, with the reason, of exactly what disagreed', async () => {
    const asked = await openOffice([dina])
    await button('Late bus').click()
    await expect.element(page.getByText(/adults agree/)).toBeVisible()
    expect(asked).toMatchObject([
      {
        path: '/api/attendance/settle',
        body: { student: dina.student, official: 'absent', seen: 'here', reason: 'late_bus' },
      },
    ])
  })
})

describe('for everyone', () => {
  test.each(['card', 'list', 'part', 'task'] as const)(
    'axe finds nothing on %s, light and dark',
    async (what) => {
      await open(what)
      await expect.element(page.getByText('A.M.').first()).toBeVisible()
      for (const theme of ['light', 'dark']) {
        document.documentElement.dataset['theme'] = theme
        await vi.waitFor(async () => expect(await axeFindings()).toEqual([]))
      }
      delete document.documentElement.dataset['theme']
    },
  )
})
