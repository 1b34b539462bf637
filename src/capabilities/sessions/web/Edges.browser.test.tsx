import { describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { axeFindings } from '../../../platform/web/kit/testing.tsx'
import { DAY, type Hand } from '../../../platform/web/testing-day.tsx'
import { startDraft } from '../drafts.ts'
import { programOf } from '../program.ts'
import { putDraft } from './recorder.ts'
import { AGREED, cardOf, padOf, PLANS, sessionsOf, type PadSchool, type PlanName } from './testing.tsx'

const key = (goal: PlanName, word: string | RegExp) =>
  cardOf(goal).getByRole('button', { name: word, ...(typeof word === 'string' && { exact: true }) })
const more = async (goal: PlanName, choice: RegExp) => {
  await key(goal, /^More for/).click()
  await page.getByRole('dialog').getByRole('button', { name: choice }).click()
}

/** The plan of greeting as this device has it. */
function programNow(hand: Hand, school: PadSchool) {
  const partition = hand.device.partitionOf({
    kind: 'sessions.program',
    student: school.students.am,
    refs: { program: school.plans.greeting },
  })
  const program = programOf(hand.device.records(partition ?? ''), DAY)
  if (!program) throw new Error('no plan')
  return program
}

describe('edges of recording (domain C.3)', () => {
  test('a wrong student: the session goes to the other one with its times, and leaves no trace of whose it was', async () => {
    const { school, hand } = await padOf(['crying', 'humming'])
    await key('crying', 'Start Crying').click()
    hand.clock.advance(90_000)
    await key('crying', 'Stop Crying').click()
    hand.clock.advance(60_000)
    const [was] = sessionsOf(hand, school.plans.crying)
    await more('crying', /^Wrong student/)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Humming/ })
      .click()
    await expect.poll(() => sessionsOf(hand, school.plans.crying)).toEqual([])
    const [now] = sessionsOf(hand, school.plans.humming)
    expect(now).toMatchObject({ student: school.students.cd, started: was?.started })
    expect(now?.items.map(({ ms }) => ms)).toEqual([90_000])
    await hand.sync()
    const left = school.server.rows
      .map(({ envelope }) => envelope)
      .filter(({ student, kind }) => student === school.students.am && kind.startsWith('sessions.'))
    expect(left.filter(({ kind }) => kind === 'sessions.void').map(({ reason }) => reason)).toEqual(
      Array(3).fill('wrong_student'),
    )
    expect(JSON.stringify(left)).not.toContain(school.students.cd)
  })

  test('broken off, it goes on with one tap within 30 minutes, and later only under More', async () => {
    const { school, hand } = await padOf(['greeting'])
    await key('greeting', 'alone').click()
    await more('greeting', /^Stop early/)
    await page.getByRole('button', { name: /^Assembly/ }).click()
    await expect.element(key('greeting', 'Go on with it')).toBeVisible()
    hand.clock.advance(31 * 60_000)
    await expect.poll(() => key('greeting', 'Go on with it').query()).toBeNull()
    hand.clock.advance(-2 * 60_000)
    await key('greeting', 'Go on with it').click()
    expect(sessionsOf(hand, school.plans.greeting)[0]?.status).toBe('open')
  })

  test('a version that is published meanwhile changes nothing in the session that runs', async () => {
    const { school, hand } = await padOf(['packing'])
    await key('packing', 'yes').click()
    const { measure } = PLANS.packing
    school.republish('packing', { ...measure, items: ['One', 'Two'] }, 2)
    await hand.sync()
    await expect.element(cardOf('packing')).toMatchTextContent('Lunch box is in the bag')
    await more('packing', /^Finish/)
    expect(sessionsOf(hand, school.plans.packing)[0]?.measure).toMatchObject({ items: measure.items })
    await more('packing', /^Run it again/)
    await expect.element(cardOf('packing')).toMatchTextContent('Item 1 of 2')
  })

  test('a length is corrected by typing it, with its reason, and comes back by Undo', async () => {
    const { school, hand } = await padOf(['crying'])
    await key('crying', 'Start Crying').click()
    hand.clock.advance(300_000)
    await key('crying', 'Stop Crying').click()
    await more('crying', /^Number 1: 5:00/)
    await page.getByText('Wrong time').click()
    await userEvent.fill(page.getByLabelText('Minutes'), '2')
    await userEvent.fill(page.getByLabelText('Seconds'), '30')
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
    const lengths = () => sessionsOf(hand, school.plans.crying)[0]?.items.map(({ ms }) => ms)
    await expect.poll(lengths).toEqual([150_000])
    await hand.sync()
    expect(school.server.rows.at(-1)?.envelope).toMatchObject({
      kind: 'sessions.moment',
      reason: 'wrong_time',
    })
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(lengths).toEqual([300_000])
  })

  test('the time that was watched is corrected after the end', async () => {
    const { school, hand } = await padOf(['humming'])
    await key('humming', 'Start Humming').click()
    hand.clock.advance(60_000)
    await key('humming', 'Stop Humming').click()
    hand.clock.advance(19 * 60_000)
    await key('humming', 'Finish').click()
    await more('humming', /^Watched for another time/)
    await userEvent.fill(page.getByLabelText('Minutes'), '10')
    await userEvent.fill(page.getByLabelText('Seconds'), '0')
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
    await expect.poll(() => sessionsOf(hand, school.plans.humming)[0]?.observedMs).toBe(600_000)
    expect(sessionsOf(hand, school.plans.humming)[0]?.summary).toMatchObject({
      numerator: 60_000,
      denominator: 600_000,
    })
  })

  test('two taps within 200 ms are one: a timer that was started is not stopped by its bounce', async () => {
    const { school, hand } = await padOf(['crying'])
    await key('crying', 'Start Crying').click()
    hand.clock.advance(150)
    await key('crying', 'Stop Crying').click()
    expect(sessionsOf(hand, school.plans.crying)[0]?.items.map(({ ms }) => ms)).toEqual([undefined])
  })

  test('a timer that was left running on another day asks about when it ended', async () => {
    const { school, hand } = await padOf(['crying'])
    await expect.element(key('crying', 'Start Crying')).toBeVisible()
    const partition = hand.device.partitionOf({
      kind: 'sessions.program',
      student: school.students.am,
      refs: { program: school.plans.crying },
    })
    const program = programOf(hand.device.records(partition ?? ''), DAY)
    if (!program) throw new Error('no plan')
    hand.clock.wall -= 86_400_000
    const ref = { session: uuidv7(hand.clock.now()), program: program.id, student: program.student }
    hand.device.capture(startDraft(program, ref.session, { setting: 'Room 12', tags: [] }))
    hand.device.capture(putDraft(ref, { noun: 'moment', body: { code: 'on' } }, ''))
    hand.clock.wall += 86_400_000
    await expect.element(cardOf('crying')).toMatchTextContent('was never stopped')
    await key('crying', 'It ended about …').click()
    await userEvent.fill(page.getByLabelText('Another time'), '09:02')
    await page.getByRole('button', { name: 'It ended at that time' }).click()
    const [state] = sessionsOf(hand, school.plans.crying)
    expect(state).toMatchObject({ status: 'partial', day: '2026-11-02' })
    expect(state?.items).toMatchObject([{ ms: 10 * 60_000, estimated: true }])
  })

  test('D.7 where the rule names materials, More asks which one is used: before the session, in it, and after', async () => {
    const { school, hand } = await padOf(['greeting'])
    await expect.element(key('greeting', 'alone')).toBeVisible()
    await key('greeting', /^More for/).click()
    await expect.element(page.getByRole('button', { name: /^Not run/ })).toBeVisible()
    expect(page.getByText('Run with').elements()).toEqual([])
    await userEvent.keyboard('{Escape}')
    const program = { program: school.plans.greeting }
    const { body, student } = programNow(hand, school)
    const cells = [{ material: 'Picture cards' }, { setting: 'Cafeteria', material: 'Real trays' }]
    const mastery = {
      metric: 'pct_independent',
      cmp: '>=',
      threshold: '80',
      run: { k: 3, unit: 'sessions' },
      cold_probe: false,
      count_subs: false,
      cells,
    }
    expect(student).toBe(school.students.am)
    school.publish('sessions.program', 'am', { ...body, number: 2, mastery }, program)
    await hand.sync()
    const choose = async (material: string) => {
      await key('greeting', /^More for/).click()
      await page.getByRole('dialog').getByText(material).click()
      await userEvent.keyboard('{Escape}')
      await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    }
    const used = () => sessionsOf(hand, school.plans.greeting).map(({ material }) => material)
    await choose('Picture cards')
    expect(used()).toEqual([])
    await key('greeting', 'alone').click()
    await expect.poll(used).toEqual(['Picture cards'])
    await choose('Real trays')
    await expect.poll(used).toEqual(['Real trays'])
    expect(sessionsOf(hand, school.plans.greeting)[0]?.items).toHaveLength(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(used).toEqual(['Picture cards'])
    await hand.sync()
    expect(school.server.rows.at(-1)?.envelope.kind).toBe('sessions.start')
  })

  test('the same goal twice a day is two sessions', async () => {
    const { school, hand } = await padOf(['coins'])
    await key('coins', 'yes').click()
    hand.clock.advance(60_000)
    await more('coins', /^Run it again/)
    await key('coins', 'not yet').click()
    expect(sessionsOf(hand, school.plans.coins).map(({ summary }) => summary.numerator)).toEqual([1, 0])
  })
})

describe('for everyone', () => {
  const ALL = (Object.keys(PLANS) as PlanName[]).filter((name) => name !== 'engaged')

  test.each([
    [390, 844],
    [1280, 800],
  ])(
    'axe finds nothing on any pad at %i×%i, light and dark, and nothing is wider than the screen',
    async (width, height) => {
      await page.viewport(width, height)
      await padOf(ALL, { am: AGREED, bk: AGREED, cd: AGREED })
      await expect.element(key('coins', 'yes')).toBeVisible()
      await key('crying', 'Start Crying').click()
      await key('calling', /^Start .*Calls out$/).click()
      await key('myWork', /^Start/).click()
      await key('reading', /^By the river/).click()
      for (const theme of ['light', 'dark']) {
        document.documentElement.dataset['theme'] = theme
        await vi.waitFor(async () => expect(await axeFindings()).toEqual([]), { timeout: 8000 })
      }
      delete document.documentElement.dataset['theme']
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
      await page.viewport(414, 896)
    },
    60_000,
  )

  test('what a thumb presses is 56 px and more, whatever the system', async () => {
    await page.viewport(390, 844)
    await padOf(ALL, { am: AGREED, bk: AGREED, cd: AGREED })
    await expect.element(key('sheet', 'Item 1')).toBeVisible()
    await key('calling', /^Start .*Calls out$/).click()
    await expect.element(key('calling', 'happened')).toBeVisible()
    const keys: [PlanName, string | RegExp][] = [
      ['greeting', 'alone'],
      ['greeting', 'partial physical'],
      ['crying', 'Start Crying'],
      ['starting', /^Cue given/],
      ['asking', /^Response/],
      ['calling', 'happened'],
      ['onTask', /^Start/],
      ['writing', /^0/],
      ['sheet', 'Item 1'],
      ['sheet', 'All right'],
      ['coins', 'yes'],
      ['screaming', /^1/],
      ['packing', 'not today'],
    ]
    for (const [goal, word] of keys) {
      const { height, width } = key(goal, word).element().getBoundingClientRect()
      expect(height, `${goal} ${word}`).toBeGreaterThanOrEqual(56)
      expect(width, `${goal} ${word}`).toBeGreaterThanOrEqual(56)
    }
    await page.viewport(414, 896)
  })

  test('by keyboard: a timer starts and stops, and a key held down is one tap', async () => {
    const { school, hand } = await padOf(['crying'])
    await expect.element(key('crying', 'Start Crying')).toBeVisible()
    ;(key('crying', 'Start Crying').element() as HTMLElement).focus()
    await userEvent.keyboard('{Enter>3/}')
    await expect.element(key('crying', 'Stop Crying')).toBeVisible()
    hand.clock.advance(5000)
    ;(key('crying', 'Stop Crying').element() as HTMLElement).focus()
    await userEvent.keyboard(' ')
    expect(sessionsOf(hand, school.plans.crying)[0]?.items.map(({ ms }) => ms)).toEqual([5000])
  })

  test('no pad shows the words of the goal, and the student’s view shows nothing of anybody', async () => {
    await padOf(ALL, { am: AGREED, bk: AGREED, cd: AGREED })
    await expect.element(key('coins', 'yes')).toBeVisible()
    const text = page.getByTestId('screen').element().textContent
    expect(text).not.toContain('in the words of the IEP')
    for (const name of ['Amari', 'Bella', 'Cody']) expect(text).not.toContain(name)
  })
})
