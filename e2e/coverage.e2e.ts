/**
 * A Wednesday at 06:20: Maya calls out sick, a plan waits for Joan, she approves it in one tap, and whoever it concerns
 * says that they know (domain P, day 2). And the breaks of the Tuesday before.
 */
import { type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { coverageJobs } from '../src/capabilities/coverage/server/nightly.ts'
import { personId, studentId } from '../src/demo/people.ts'
import { Device, LAPTOP, openHouse, type House } from './house.ts'
import { COORDINATOR, countTaps, enter, go, inStep, moveClock, OTHER_PARA, PARA, shown } from './steps.ts'

let house: House
const devices: Device[] = []
let maya: Page
let andre: Page
let joan: Page

beforeAll(async () => {
  house = await openHouse()
  // nobody has planned for the substitute yet: it is what this morning finds
  await house.owner.query('delete from assignment where person_id = $1', [personId('kim')])
  await house.owner.query(`delete from relationship where person_id = $1 and from_at > '2026-11-04'`, [
    personId('kim'),
  ])
  maya = await opened(PARA)
  andre = await opened(OTHER_PARA)
  joan = await opened(COORDINATOR, LAPTOP)
})
afterAll(async () => {
  for (const device of devices) await device.close()
  await house.close()
})
afterEach(async ({ task }) => {
  const folder = process.env['HANDRAIL_SHOTS']
  if (folder === undefined) return
  for (const [who, page] of Object.entries({ maya, andre, joan }))
    await page.screenshot({ path: `${folder}/${task.id}-${who}.png`, fullPage: true })
})

describe('breaks', () => {
  it('AW-18 a rest that was missed on Tuesday is said in two taps and is owed', async () => {
    await at('2026-11-03T12:30')
    await go(maya, '/today')
    const taps = await countTaps(maya)
    await maya.getByRole('button', { name: 'A break was missed' }).click()
    await maya.getByRole('button', { name: 'Rest: 15 minutes missed' }).click()
    await shown(maya, 'Said. It is counted.')
    expect(await taps()).toBe(2)
    await go(joan, '/coverage')
    await shown(joan, '15 min owed')
  })
})

describe('a sick call at 06:20', () => {
  it('AW-29 the evening before, a plan is made for each para’s absence', async () => {
    await at('2026-11-03T18:10')
    const [job] = coverageJobs(house.app)
    const { made, kept, failed } = (await job?.run(new AbortController().signal)) ?? {}
    // the job of the server itself may have come first
    expect([(made ?? 0) + (kept ?? 0), failed]).toEqual([3, 0])
  })

  it('AW-29 Maya calls out in at most four taps', async () => {
    await at('2026-11-04T06:20')
    await go(maya, '/today')
    const taps = await countTaps(maya)
    await maya.getByRole('button', { name: 'I can’t come' }).click()
    await maya.getByRole('button', { name: 'Call out' }).click()
    await shown(maya, /^You called out for Wednesday, November 4/)
    expect(await taps()).toBeLessThanOrEqual(4)
  })

  it('AW-29 the plan waits: C.D. and B.K. first, Andre for both, Kim for A.M. and the easier posts, and not for B.K.', async () => {
    // her board has been open since the day before: the sick call reaches it, and the plan after it, by themselves
    await shown(joan, 'Proposal')
    await shown(joan, 'Prepared ahead')
    const needs = joan
      .getByRole('region', { name: 'Who needs somebody, most urgent first' })
      .getByRole('listitem')
    const first = [await needs.nth(0).innerText(), await needs.nth(1).innerText()].join()
    expect(first).toContain('B.K.')
    expect(first).toContain('C.D.')
    expect(await needs.filter({ hasText: 'B.K.' }).first().innerText()).toMatch(
      /Not Kim Tran: not trained for seizures, toileting/,
    )

    const andres = await joan.getByRole('region', { name: 'Andre Cole' }).innerText()
    for (const words of ['B.K.', 'C.D.', 'Personal routine', 'Trained for']) expect(andres).toContain(words)
    const kims = await joan.getByRole('region', { name: 'Kim Tran' }).innerText()
    expect(kims).toContain('A.M.')
    expect(kims).not.toContain('B.K.')
    expect(kims).not.toContain('C.D.')
    expect(kims).toContain('Front door')
    expect(kims).toContain('The easier post for a substitute')
    // said before anybody is moved
    expect(andres).toMatch(/leaves Front door:[\s\S]*?Kim Tran/)

    const reading = joan
      .getByRole('listitem')
      .filter({ hasText: 'Reading group' })
      .filter({ hasText: 'Answers for it' })
    expect(await reading.innerText()).toMatch(
      /30 min[\s\S]*Legally required[\s\S]*Answers for it: Dana Reyes/,
    )
  })

  it('AW-29 Joan approves in one tap, and Andre says that he knows', async () => {
    const taps = await countTaps(joan)
    await joan.getByRole('button', { name: 'Approve', exact: true }).click()
    await shown(joan, 'Approved')
    expect(await taps()).toBe(1)
    await at('2026-11-04T07:30')
    await andre.reload()
    await go(andre, '/today')
    await shown(andre, 'Changed today')
    await andre.getByRole('button', { name: 'I know' }).click()
    await andre.getByText('Changed today').waitFor({ state: 'hidden' })
    await joan.reload()
    const knows = joan
      .getByRole('region', { name: 'Who has seen the plan' })
      .getByRole('listitem')
      .filter({ hasText: 'Andre Cole' })
    await knows.getByText('Has seen it').waitFor()
    // his day now has them, where it was hers
    const { rows } = await house.owner.query(
      `select distinct unnest(students) as student from assignment_day where person_id = $1 and seen is not null`,
      [personId('andre')],
    )
    const students = rows.map((row) => row.student)
    expect(students).toContain(studentId('bk'))
    expect(students).toContain(studentId('cd'))
  })

  it('AW-48 who was trained until last week is not taken by hand: refused, and the plan stays', async () => {
    const code = await joan.evaluate(
      async ({ nia, bk }) => {
        const board = await (await fetch('/api/coverage')).json()
        const again = crypto.randomUUID()
        await fetch('/api/coverage/plans', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ id: again, school: board.school, day: board.day }),
        })
        const { plan } = await (await fetch('/api/coverage')).json()
        const step = plan.proposal.steps.find(
          (one: { part: { needs: string[]; students: string[] } }) =>
            one.part.students.includes(bk) && one.part.needs.includes('seizure'),
        )
        const answer = await fetch(`/api/coverage/plans/${plan.id}/change`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ task: step.part.task, students: step.part.students, person: nia }),
        })
        return (await answer.json()).code
      },
      { nia: personId('nia'), bk: studentId('bk') },
    )
    expect(code).toBe('coverage.refused')
  })
})

async function opened(who: RegExp, size?: typeof LAPTOP): Promise<Page> {
  const device = new Device(house.url, size)
  devices.push(device)
  const page = await device.open(null)
  await page.goto(house.url)
  await enter(page, who)
  return page
}

/** Moves the school's clock; the pages follow at their next sync. */
async function at(local: string): Promise<void> {
  for (const page of [maya, andre, joan]) {
    const synced = inStep(page)
    if (page === maya) await moveClock(page, local)
    await page.reload()
    await synced
  }
}
