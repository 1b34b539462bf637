import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { at, DAY, Screen, smallSchool, stage, type School } from '../../../platform/web/testing-day.tsx'
import { rollOf } from '../../attendance/rules.ts'
import type { Me } from '../../schedule/model.ts'
import EquipmentOpen from './EquipmentOpen.tsx'
import EquipmentToday from './EquipmentToday.tsx'
import EquipmentWaits from './EquipmentWaits.tsx'

const card = () => page.getByRole('region', { name: 'Equipment', exact: true })
const row = (initials: string) => card().getByRole('listitem').filter({ hasText: initials })
const profile = (equipment: string[]) => ({ communicates: [], likes: [], equipment, people: [] })
const rules = (me: Me): Me => ({ ...me, rules: { 'equipment.battery_low_pct': 40 } })

function school(): School {
  const made = smallSchool()
  made.publish('students.profile', 'am', profile(['Speech device']), {})
  made.publish('students.profile', 'bk', profile(['Wheelchair', 'Hand splints']), {})
  return made
}

async function opened(made = school()) {
  const hand = await made.open('maya', { me: rules })
  const { Stage, put } = stage(
    <Screen hand={hand}>
      <h1>Today</h1>
      <EquipmentToday />
    </Screen>,
  )
  await show(<Stage />)
  return { school: made, hand, put }
}

test('AW-5 one tap says that the chair and the splints are in order, without a network, and can be taken back', async () => {
  const { school: here } = await opened()
  here.offline = true
  await expect.element(card()).toMatchTextContent('0 of 2 checked')
  await expect.element(row('B.K.')).toMatchTextContent('Wheelchair · Hand splints')
  expect(await axeFindings()).toEqual([])
  await userEvent.click(row('B.K.').getByRole('button', { name: 'OK: equipment of B.K.' }))
  await expect.element(row('B.K.')).toMatchTextContent('Checked 8:52')
  await expect.element(card()).toMatchTextContent('1 of 2 checked')
  await userEvent.click(page.getByRole('button', { name: 'Undo' }))
  await expect.element(card()).toMatchTextContent('0 of 2 checked')
})

test('AW-5 a speech device with 34 % is to be charged, and who manages the plan finds it until it is in order', async () => {
  const { school: here, hand, put } = await opened()
  await userEvent.click(row('A.M.').getByRole('button', { name: 'A.M.: equipment, item by item' }))
  const sheet = page.getByRole('dialog', { name: 'Speech device' })
  await userEvent.fill(sheet.getByLabelText(/Battery/), '34')
  await expect.element(sheet.getByText(/Below 40 %: charge it now/)).toBeVisible()
  await expect.element(sheet.getByRole('radio', { name: 'Needs attention' })).toBeChecked()
  await expect.element(sheet.getByRole('radio', { name: 'Charge it' })).toBeChecked()
  await Promise.all(document.getAnimations().map(({ finished }) => finished))
  expect(await axeFindings()).toEqual([])
  await userEvent.click(sheet.getByRole('button', { name: 'Save' }))
  await expect.element(row('A.M.')).toMatchTextContent('Charge it, 34 % Speech device')
  await hand.sync()

  const dana = await here.open('dana', {
    time: '09:00',
    me: (me) => ({ ...me, students: me.students.map((one) => ({ ...one, role: 'case_manager' })) }),
  })
  put(
    <Screen hand={dana}>
      <h1>Inbox</h1>
      <EquipmentWaits />
      <EquipmentOpen seen={false} below={(some) => <p>{some ? 'and more' : 'nothing above'}</p>} />
    </Screen>,
  )
  // what waits names nobody
  const waits = page.getByRole('link', { name: '1 piece of equipment in your inbox is not in order' })
  await expect.element(waits).toHaveAttribute('href', '/inbox')
  const entry = page.getByRole('article')
  await expect.element(entry).toMatchTextContent(/A\.M\.\s?Speech device\s?Charge it, 34 %\s?Maya Ortiz/)
  await expect.element(page.getByText('and more')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await userEvent.click(entry.getByRole('button', { name: 'In order again' }))
  await expect.element(page.getByText('nothing above')).toBeVisible()
  expect(waits.query()).toBeNull()
})

test('who is absent has brought nothing; a percent that is none is not taken', async () => {
  const { school: here, hand } = await opened()
  await userEvent.click(row('B.K.').getByRole('button', { name: /item by item/ }))
  await userEvent.click(page.getByRole('button', { name: /Hand splints/ }))
  const sheet = page.getByRole('dialog', { name: 'Hand splints' })
  await userEvent.click(sheet.getByRole('radio', { name: 'Missing' }))
  await userEvent.click(sheet.getByRole('radio', { name: 'Left at home' }))
  await userEvent.fill(sheet.getByLabelText(/Battery/), '340')
  await expect.element(sheet.getByText('A number from 0 to 100')).toBeVisible()
  await expect.element(sheet.getByRole('button', { name: 'Save' })).toBeDisabled()
  await userEvent.fill(sheet.getByLabelText(/Battery/), '')
  await userEvent.click(sheet.getByRole('button', { name: 'Save' }))
  await expect.element(row('B.K.')).toMatchTextContent('Left at home Hand splints')
  // the other item is still due
  await expect.element(card()).toMatchTextContent('0 of 2 checked')
  hand.device.capture({
    kind: 'attendance.presence',
    student: here.students.bk,
    refs: { roll: rollOf(here.students.bk, DAY) },
    body: { day: DAY, block: 'Fractions', state: 'absent' },
  })
  await expect.element(card()).toMatchTextContent('0 of 1 checked')
  expect(row('B.K.').query()).toBeNull()
  expect(hand.clock.now()).toBe(at('08:52'))
})
