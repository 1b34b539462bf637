import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { Screen, smallSchool, type Hand } from '../../../platform/web/testing-day.tsx'
import { endDraft, startDraft, tapDraft } from '../../sessions/drafts.ts'
import { partitionOfProgram, programOf } from '../../sessions/program.ts'
import { sessionView } from '../../sessions/rules.ts'
import EndOfDay from './EndOfDay.tsx'

async function open(time = '15:10') {
  const school = smallSchool()
  const hand = await school.open('maya', { time })
  await show(
    <Screen hand={hand}>
      <EndOfDay />
    </Screen>,
  )
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
  return { school, hand }
}

/** Records a goal in its block, as at that time. */
function record(hand: Hand, id: string, time: string): void {
  const students = hand.me.students.map((student) => student.id)
  const partition = partitionOfProgram(hand.device, id, students)
  const program = partition === null ? null : programOf(hand.device.records(partition), '2026-11-03')
  if (!program) throw new Error('no plan')
  const ref = { session: uuidv7(hand.clock.now()), program: id, student: program.student }
  const when = { at: `2026-11-03T${time}:00.000Z`, entered: new Date(hand.clock.now()).toISOString() }
  hand.device.capture({ ...startDraft(program, ref.session, { setting: 'Room 12', tags: [] }), ...when })
  const tap =
    program.body.measure.system === 'count'
      ? ({ noun: 'occurrence' } as const)
      : ({ noun: program.body.measure.system === 'steps' ? 'step' : 'trial', n: 1, result: '+' } as const)
  hand.device.capture({ ...tapDraft(ref, tap), ...when })
  hand.device.capture({ ...endDraft(ref, 'complete'), ...when })
}

const left = page.getByRole('listitem').filter({ hasText: 'Record it' })

test('AW-27 each that has neither data nor a reason gets one in one tap; 4/5 = 80 % stays what it is', async () => {
  const { school, hand } = await open()
  const { requesting, washing, seat } = school.programs
  record(hand, requesting, '14:40')
  record(hand, washing, '14:45')
  record(hand, seat, '14:50')
  record(hand, seat, '15:30')
  await expect.element(page.getByRole('region', { name: 'Data of today' })).toMatchTextContent('4/5 = 80 %')
  await expect.element(page.getByText('1 has neither data nor a reason')).toBeVisible()
  expect(left.elements()).toHaveLength(1)
  let taps = 0
  const count = () => (taps += 1)
  document.addEventListener('click', count, { capture: true })
  onTestFinished(() => document.removeEventListener('click', count, { capture: true }))
  await left.getByRole('button', { name: 'Materials missing' }).click()
  await expect.element(page.getByText('Nothing is left without a reason.')).toBeVisible()
  expect(taps).toBe(1)
  await expect.element(page.getByRole('region', { name: 'Data of today' })).toMatchTextContent('4/5 = 80 %')
  await expect
    .element(page.getByRole('region', { name: 'Not run, and why' }))
    .toMatchTextContent('Choosing with a switch')
  const [session] = hand.device.statesOf(sessionView, `program:${school.programs.switch}`)
  // it was not run in its block, and it is said now
  expect(session?.state).toMatchObject({ status: 'not_run', reason: 'materials_missing', day: '2026-11-03' })
  expect(session?.state.started).toBe('2026-11-03T15:49:59.000Z')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.element(page.getByText('1 has neither data nor a reason')).toBeVisible()
})

test('what is still to come owes nothing yet', async () => {
  await open('09:25')
  // three of period 1 are over; two of period 2 are not
  await expect.element(page.getByText('3 have neither data nor a reason')).toBeVisible()
  await expect
    .element(page.getByRole('region', { name: 'Data of today' }))
    .toMatchTextContent('2 still to come')
})

test('axe finds nothing, light and dark', async () => {
  await open()
  await expect.element(page.getByText('5 have neither data nor a reason')).toBeVisible()
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset['theme'] = theme
    await vi.waitFor(async () => expect(await axeFindings()).toEqual([]))
  }
  delete document.documentElement.dataset['theme']
})
