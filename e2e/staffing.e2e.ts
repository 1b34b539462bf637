/**
 * What the desk says about adults and plans, and what comes of it: a service that is added, changed and ended, a training
 * that is given and taken back, the days of a substitute and their invitation (domain H.1, H.3, L.3). Tuesday 8:52.
 */
import { type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { personId, studentId } from '../src/demo/people.ts'
import { Device, LAPTOP, openHouse, type House } from './house.ts'
import { CASE_MANAGER, COORDINATOR, enter, go, PARA, shown } from './steps.ts'

let house: House
const devices: Device[] = []
let dana: Page
let joan: Page
let maya: Page

beforeAll(async () => {
  house = await openHouse()
  // nobody has said yet when the substitute comes
  await house.owner.query('delete from work_hours where person_id = $1', [personId('kim')])
  dana = await opened(CASE_MANAGER, LAPTOP)
  joan = await opened(COORDINATOR, LAPTOP)
  maya = await opened(PARA)
})
afterAll(async () => {
  for (const device of devices) await device.close()
  await house.close()
})
afterEach(async ({ task }) => {
  const folder = process.env['HANDRAIL_SHOTS']
  if (folder === undefined) return
  for (const [who, page] of Object.entries({ dana, joan, maya }))
    await page.screenshot({ path: `${folder}/${task.id}-${who}.png`, fullPage: true })
})

describe('a service', () => {
  it('AW-40 is added by its owner; zero minutes are refused by their field, and nothing is written', async () => {
    await go(dana, '/services')
    await dana.getByRole('button', { name: 'Add a service' }).click()
    await choose(dana, 'Student', 'D.L.')
    await dana.getByLabel('Service', { exact: true }).fill('Math facts')
    await dana.getByLabel('Minutes', { exact: true }).fill('0')
    await choose(dana, 'Who gives it', 'Paraprofessional')
    await dana.getByRole('button', { name: 'Save' }).click()
    await shown(dana, 'Minutes are a whole number from 1 to 6,000. Zero minutes are no service.')
    expect(await written()).toEqual([])
    await dana.getByLabel('Minutes', { exact: true }).fill('40')
    await dana.getByRole('button', { name: 'Save' }).click()
    await dana.getByRole('button', { name: 'Change: Math facts' }).waitFor()
    expect(await written()).toEqual([
      { minutes: 40, from_day: '2026-11-03', to_day: null, never_held: false, student_id: studentId('dl') },
    ])
  })

  it('is changed from a day on, and what it was stays to be read; a para reads it and changes nothing', async () => {
    await dana.getByRole('button', { name: 'Change: Math facts' }).click()
    await dana.getByLabel('Minutes', { exact: true }).fill('60')
    await dana.getByLabel('Holds from').fill('2026-11-09')
    await dana.getByRole('button', { name: 'Save' }).click()
    await shown(dana, '60 minutes a week')
    await expect
      .poll(async () => (await written()).map(({ minutes, to_day }) => [minutes, to_day]))
      .toEqual([
        [40, '2026-11-08'],
        [60, null],
      ])
    await dana.getByRole('button', { name: 'End: Math facts' }).click()
    await dana.getByText('A mistake', { exact: true }).click()
    await dana.getByRole('button', { name: 'End it' }).click()
    await dana.getByText('What was promised before (1)').click()
    await shown(dana, 'entered by mistake')
    await shown(dana, /said by Dana Reyes on Nov 3 · ended by Dana Reyes on Nov 3/)
    expect((await written()).map(({ never_held }) => never_held)).toEqual([false, true])

    await go(maya, '/services')
    await shown(maya, 'Communication practice')
    expect(await maya.getByRole('button', { name: /Add|Change|End/ }).count()).toBe(0)
  })

  it('an adult of one’s own is asked for with the page of the plan', async () => {
    await dana.getByRole('button', { name: 'Add an adult of their own' }).click()
    await choose(dana, 'Student', 'E.F.')
    await dana.getByText('Minutes of a day').first().click()
    await dana.getByRole('textbox', { name: 'Minutes of a day' }).fill('45')
    await choose(dana, 'How close the adult is', 'Line of sight')
    await dana.getByRole('button', { name: 'Save' }).click()
    await shown(dana, 'Say where the plan says so, for example a page.')
    await dana.getByLabel('Where the plan says so').fill('IEP, page 6')
    await dana.getByRole('button', { name: 'Save' }).click()
    await shown(dana, '45 minutes a day · Line of sight')
    await shown(dana, 'IEP, page 6')
    const { rows } = await house.owner.query(
      `select minutes_a_day, level, blocks from one_to_one where student_id = $1`,
      [studentId('ef')],
    )
    expect(rows).toEqual([{ minutes_a_day: 45, level: 'SV2', blocks: [] }])
  })
})

describe('training', () => {
  it('AW-48 is given from the student’s team, ends soon on top of the list, and is taken back at once', async () => {
    await go(joan, `/team/${studentId('bk')}`)
    await joan.getByRole('link', { name: 'Training' }).click()
    // Maya's crisis prevention ends on December 1, and Nia's feeding was over on October 30
    const ending = joan.getByRole('region', { name: /^Ends within 60 days, or has just ended/ })
    await ending.getByText('crisis prevention').waitFor()
    await ending.getByText('Nia Fowler').waitFor()
    await joan.getByRole('button', { name: 'Add a training' }).click()
    await choose(joan, 'Who is trained', 'Kim Tran (Substitute paraprofessional)')
    await choose(joan, 'For what', 'feeding')
    await joan.getByLabel('Last day, if there is one').fill('2026-11-20')
    await joan.getByRole('button', { name: 'Save' }).click()
    await ending.getByText('Kim Tran').waitFor()
    expect(await trained()).toEqual([{ student_id: studentId('bk'), to_day: '2026-11-20', revoked: false }])
    await joan.getByRole('button', { name: 'Take back: feeding, Kim Tran' }).click()
    await joan.getByRole('button', { name: 'Take it back' }).click()
    await ending.getByText('Kim Tran').waitFor({ state: 'detached' })
    expect(await trained()).toMatchObject([{ revoked: true }])
  })
})

describe('a substitute’s day', () => {
  it('AW-30 is said, an invitation leads to it, and is ended before it was opened', async () => {
    await go(joan, '/coverage')
    await joan.getByRole('link', { name: 'Working hours' }).click()
    await joan.getByRole('button', { name: 'Add days: Kim Tran' }).click()
    await joan.getByLabel('Begins').fill('07:30')
    await joan.getByLabel('Ends').fill('15:00')
    await joan.getByRole('button', { name: 'Save' }).click()
    await joan.getByRole('button', { name: 'End: Kim Tran, Nov 3' }).waitFor()
    await joan.getByRole('link', { name: 'Invite for today' }).click()
    await shown(joan, 'comes 7:30–3:00 · covers nobody yet today')
    await joan.getByRole('button', { name: 'Invite Kim Tran' }).click()
    const link = await joan.getByTestId('invitation-link').innerText()
    await joan.getByRole('button', { name: 'Close' }).click()
    await shown(joan, 'invited, link not opened yet')
    await joan.getByRole('button', { name: 'End the invitation of Kim Tran' }).click()
    await joan.getByRole('button', { name: 'End it' }).click()
    await joan.getByText('invited, link not opened yet').waitFor({ state: 'detached' })

    const phone = new Device(house.url)
    devices.push(phone)
    const page = await phone.open(null)
    await page.goto(link)
    await page.getByRole('button', { name: 'Begin my day' }).click()
    await shown(page, /This invitation was used or its time is over/)
    const { rows } = await house.owner.query(
      'select opened, withdrawn is not null as ended from invitation where person_id = $1',
      [personId('kim')],
    )
    expect(rows).toEqual([{ opened: null, ended: true }])
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

/** One of a closed list. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

async function written() {
  const { rows } = await house.owner.query(
    `select minutes, from_day::text, to_day::text, never_held, student_id from service_requirement
     where service = 'Math facts' order by minutes`,
  )
  return rows
}

async function trained() {
  const { rows } = await house.owner.query(
    `select student_id, to_day::text, revoked is not null as revoked from competency where person_id = $1`,
    [personId('kim')],
  )
  return rows
}
