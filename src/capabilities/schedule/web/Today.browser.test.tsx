import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent, type Locator } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { at, Screen, smallSchool, type Hand, type School } from '../../../platform/web/testing-day.tsx'
import { endDraft, startDraft, tapDraft } from '../../sessions/drafts.ts'
import { partitionOfProgram, programOf, type Program } from '../../sessions/program.ts'
import { sessionView } from '../../sessions/rules.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { rollOf } from '../../attendance/rules.ts'
import type { BoardBlock } from '../model.ts'
import { TodayPartsContext } from './parts.ts'
import Today from './Today.tsx'

const region = (name: string): Locator => page.getByRole('region', { name, exact: true })

async function open(options: Parameters<School['open']>[1] = {}, school = smallSchool()) {
  const hand = await school.open('maya', options)
  await show(
    <Screen hand={hand}>
      <Today />
    </Screen>,
  )
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
  return { school, hand }
}

function planOf({ device, me }: Hand, id: string): Program {
  const partition = partitionOfProgram(
    device,
    id,
    me.students.map((student) => student.id),
  )
  const program = partition === null ? null : programOf(device.records(partition), '2026-11-03')
  if (!program) throw new Error('no plan')
  return program
}

/** The program of choosing with a switch, of B.K. */
const theSwitch = (me: Hand['me']) => me.boards[0]?.blocks[1]?.programs[0] ?? ''

function several(block: BoardBlock | undefined, n: number): BoardBlock[] {
  if (!block) return []
  const minutes = n * 60_000
  return [
    {
      ...block,
      assignment: `${block.assignment.slice(0, -1)}${n}`,
      title: `Number stories ${n}`,
      start: new Date(Date.parse(block.start) + minutes).toISOString(),
    },
  ]
}

/** Runs a goal as the pad would: a start, trials, and an end. */
function run(
  hand: Hand,
  id: string,
  results: string,
  status: 'complete' | 'not_run' | null = 'complete',
): void {
  const program = planOf(hand, id)
  const ref = { session: uuidv7(hand.clock.now()), program: id, student: program.student }
  hand.device.capture(startDraft(program, ref.session, { setting: 'Room 12', tags: [] }))
  results
    .split(' ')
    .filter(Boolean)
    .forEach((result, index) => {
      hand.clock.advance(1000)
      hand.device.capture(tapDraft(ref, { noun: 'trial', n: index + 1, result }))
    })
  if (status)
    hand.device.capture(endDraft(ref, status, status === 'not_run' ? 'materials_missing' : undefined))
}

describe('on top', () => {
  test('AW-1 the focus of these days, in the reader’s words, of the school and of the day', async () => {
    const focus = (from: string, to: string, en: string) => ({
      school: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
      from,
      to,
      words: { en, es: 'Muestra respeto' },
    })
    await open({
      me: (me) => ({
        ...me,
        focus: [
          focus('2026-11-02', '2026-11-06', 'Show respect'),
          focus('2026-11-09', '2026-11-13', 'Listen'),
        ],
      }),
    })
    await expect.element(page.getByText('Show respect')).toBeVisible()
    expect(page.getByText('Listen').query()).toBeNull()
    expect(await axeFindings()).toEqual([])
  })
})

describe('now', () => {
  test('the running block: until when, what, where, the note, and one tap to its pad', async () => {
    const { hand } = await open()
    await expect.element(page.getByRole('heading', { level: 1 })).toMatchTextContent('Tuesday')
    await expect.element(page.getByText('B day')).toBeVisible()
    const now = region('Fractions')
    await expect.element(now).toMatchTextContent('Now, until 9:20')
    await expect.element(now).toMatchTextContent('Room 12')
    await expect.element(now).toMatchTextContent('You run table 2.')
    for (const initials of ['A.M.', 'B.K.', 'C.D.']) await expect.element(now).toMatchTextContent(initials)
    await expect
      .element(now.getByRole('link', { name: 'Start 3 goals' }))
      .toHaveAttribute('href', `/pad/${hand.me.boards[0]?.blocks[0]?.assignment}`)
  })

  test('it says how far the block is: going on, then all recorded', async () => {
    const { school, hand } = await open()
    run(hand, school.programs.requesting, '+ - +')
    await expect.element(region('Fractions').getByRole('link', { name: 'Go on: 1 of 3 done' })).toBeVisible()
    run(hand, school.programs.washing, '', 'not_run')
    run(hand, school.programs.seat, '')
    await expect
      .element(region('Fractions').getByRole('link', { name: 'All 3 goals are recorded: look' }))
      .toBeVisible()
  })

  test('at the change of blocks the next one is the one that runs, by the district’s clock', async () => {
    const { hand } = await open({ time: '09:19' })
    await expect.element(region('Fractions')).toMatchTextContent('Now')
    hand.clock.advance(60_000)
    await expect.element(region('Independent work')).toMatchTextContent('Now, until 9:50')
    expect(region('Fractions').query()).toBeNull()
  })

  test.each([
    ['07:40', 'Your day begins at 8:30'],
    ['10:00', 'Nothing until 10:10'],
    ['11:30', 'Your blocks of today are over'],
  ])('at %s nothing runs: %s', async (time, words) => {
    await open({ time })
    await expect.element(page.getByRole('heading', { name: words })).toBeVisible()
  })
})

describe('with you', () => {
  test('safety first: how near, what to know, how they communicate', async () => {
    await open()
    const row = region('With you').getByRole('listitem').filter({ hasText: 'A.M.' })
    await expect.element(row).toMatchTextContent('Line of sight')
    await expect.element(row).toMatchTextContent('Arm’s length near road or water')
    await expect.element(row).toMatchTextContent('may leave the room')
    await expect.element(row).toMatchTextContent('Speech device (AAC)')
    await expect
      .element(region('With you').getByRole('listitem').filter({ hasText: 'B.K.' }))
      .toMatchTextContent('seizure plan')
  })

  test('one tap opens the whole safety card', async () => {
    await open()
    let taps = 0
    const count = () => (taps += 1)
    document.addEventListener('click', count, { capture: true })
    onTestFinished(() => document.removeEventListener('click', count, { capture: true }))
    await region('With you')
      .getByRole('button', { name: /A\.M\./ })
      .click()
    const card = page.getByRole('dialog')
    await expect.element(card).toMatchTextContent('You can see the student at all times.')
    await expect.element(card).toMatchTextContent('walks fast toward a door.')
    await expect.element(card).toMatchTextContent('Card of Nov 3, by Dana Reyes')
    expect(taps).toBe(1)
  })

  test('a student without a card is said plainly, once the device has heard from the school', async () => {
    await open()
    const row = region('With you').getByRole('listitem').filter({ hasText: 'C.D.' })
    await expect.element(row).toMatchTextContent('No safety card here')
    await expect.element(row).toMatchTextContent('ask the case manager')
  })

  test('counting a behavior is one tap, without a network too; a bounce is none', async () => {
    const { school, hand } = await open()
    school.offline = true
    const count = region('With you').getByRole('button', { name: /\+1/ })
    const sessions = () =>
      hand.device.statesOf(sessionView, `program:${school.programs.seat}`).map(({ state }) => state)
    hand.clock.advance(1000)
    await count.click()
    await expect.poll(() => sessions()[0]?.items.length).toBe(1)
    await expect.element(page.getByRole('status')).toMatchTextContent('C.D. Leaves seat: 1')
    hand.clock.advance(100)
    await count.click()
    hand.clock.advance(1000)
    await count.click()
    expect(sessions()).toHaveLength(1)
    expect(sessions()[0]).toMatchObject({
      status: 'open',
      items: [{ n: 1 }, { n: 2 }],
      aside: [{ why: 'double_tap' }],
    })
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => sessions()[0]?.items.length).toBe(1)
  })
})

describe('the rest of the day', () => {
  test('next blocks with time, students and what is due', async () => {
    await open()
    const rows = region('Next').getByRole('listitem')
    await expect.element(rows.nth(0)).toMatchTextContent('9:20')
    await expect.element(rows.nth(0)).toMatchTextContent('Independent work')
    await expect.element(rows.nth(0)).toMatchTextContent('2 goals')
    await expect.element(rows.nth(1)).toMatchTextContent('10:10')
    expect(rows.nth(1).getByRole('link').query()).toBeNull()
  })

  test('due today: recorded, running, not run with a reason and late are told apart; not run counts as done', async () => {
    const { school, hand } = await open()
    await expect.element(region('Due today')).toMatchTextContent('0 of 5 done')
    run(hand, school.programs.requesting, '+ - + NR')
    run(hand, school.programs.washing, '', 'not_run')
    run(hand, school.programs.seat, '', null)
    const row = (title: string) => region('Due today').getByRole('listitem').filter({ hasText: title })
    await expect.element(region('Due today')).toMatchTextContent('2 of 5 done')
    await expect.element(row('Requesting')).toMatchTextContent('2/4')
    await expect.element(row('Hand-washing')).toMatchTextContent('not run')
    await expect.element(row('Leaves seat').first()).toMatchTextContent('running')
    await expect.element(row('Choosing with a switch')).toMatchTextContent('9:20')
    hand.clock.advance(at('10:00') - hand.clock.now())
    await expect.element(row('Leaves seat').first()).toMatchTextContent('still running')
    await expect.element(row('Choosing with a switch')).toMatchTextContent('not recorded')
  })

  test('while somebody observes, what the other records stays out of sight (semantics 2.7)', async () => {
    const school = smallSchool()
    const danas = await school.open('dana')
    const { hand } = await open({}, school)
    run(hand, school.programs.requesting, '+ - +', null)
    const watched = hand.device.statesOf(sessionView, `program:${school.programs.requesting}`)[0]?.state
    await hand.sync()
    await danas.sync()
    await show(
      <Screen hand={danas} name="dana">
        <Today />
      </Screen>,
    )
    const due = page
      .getByTestId('dana')
      .getByRole('region', { name: 'Due today' })
      .getByRole('listitem')
      .first()
    await expect.element(due).toMatchTextContent('running')
    if (!watched) throw new Error('no session')
    const { observeDraft } = await import('../../sessions/drafts.ts')
    danas.device.capture(observeDraft(watched, uuidv7(danas.clock.now())))
    run(hand, school.programs.washing, '+ +')
    const program = planOf(hand, school.programs.requesting)
    hand.device.capture(
      endDraft({ session: watched.session, program: program.id, student: program.student }, 'complete'),
    )
    await hand.sync()
    await danas.sync()
    await expect.element(due).toMatchTextContent('recorded')
    await expect.element(due).not.toMatchTextContent('2/3')
  })

  test('AW-6 what is due of a student who is absent was not run, by itself; data come first', async () => {
    const { school, hand } = await open()
    run(hand, school.programs.requesting, '+ - +')
    const student = school.students.am
    hand.device.capture({
      kind: 'attendance.presence',
      student,
      refs: { roll: rollOf(student, '2026-11-03') },
      body: { day: '2026-11-03', block: 'Fractions', state: 'absent' },
    })
    const row = (title: string) => region('Due today').getByRole('listitem').filter({ hasText: title })
    await expect.element(row('Hand-washing')).toMatchTextContent('not run')
    await expect.element(row('Hand-washing')).toMatchTextContent('Student absent')
    await expect.element(row('Requesting')).toMatchTextContent('2/3')
    await expect.element(region('Due today')).toMatchTextContent('2 of 5 done')
    // nobody made a session up
    expect(hand.device.statesOf(sessionView, `program:${school.programs.washing}`)).toEqual([])
  })

  test('D.6 what others say of a goal that is due stands in its row, and not once it is done', async () => {
    const hand = await smallSchool().open('maya')
    const own = hand.me.boards[0]?.blocks[0]?.programs[0]
    const Says = ({ program }: { program: string }) =>
      program === own ? <small>You could run this one.</small> : null
    const value = { safety: [], changed: [], block: [], later: [], own: [], run: [Says] }
    await show(
      <Screen hand={hand}>
        <TodayPartsContext value={value}>
          <Today />
        </TodayPartsContext>
      </Screen>,
    )
    const row = (title: string) => region('Due today').getByRole('listitem').filter({ hasText: title })
    await expect.element(row('Requesting')).toMatchTextContent('You could run this one.')
    await expect.element(row('Hand-washing')).not.toMatchTextContent('You could run this one.')
    run(hand, own ?? '', '+ - +')
    await expect.element(row('Requesting')).toMatchTextContent('2/3')
    await expect.element(row('Requesting')).not.toMatchTextContent('You could run this one.')
  })

  test('C.3 who comes late is due again from then on, also while the house still says absent; what was over stays not run', async () => {
    const { school, hand } = await open({
      time: '09:25',
      me: (me) => ({
        ...me,
        notRun: (me.boards[0]?.blocks ?? [])
          .flatMap(({ programs }) => programs)
          .map((program) => ({ program, day: '2026-11-03', reason: 'student_absent' as const })),
      }),
    })
    const row = (block: string) =>
      region('Due today')
        .getByRole('listitem')
        .filter({ hasText: 'Leaves seat' })
        .nth(block === 'Fractions' ? 0 : 1)
    const mark = (state: 'absent' | 'late', block: string, time: string, minutes?: number) => {
      const student = school.students.cd
      hand.device.capture({
        kind: 'attendance.presence',
        student,
        refs: { roll: rollOf(student, '2026-11-03') },
        at: new Date(at(time)).toISOString(),
        body: { day: '2026-11-03', block, state, ...(minutes === undefined ? {} : { minutes }) },
      })
    }
    mark('absent', 'Fractions', '08:31')
    await expect.element(row('Fractions')).toMatchTextContent('Student absent')
    await expect.element(row('Independent work')).toMatchTextContent('Student absent')
    mark('late', 'Independent work', '09:25', 5)
    await expect.element(row('Independent work')).toMatchTextContent(/now$/)
    await expect.element(row('Fractions')).toMatchTextContent('Student absent')
  })

  test('AW-31 what the server knows not to have been run stands there with its reason', async () => {
    await open({
      me: (me) => ({
        ...me,
        notRun: [{ program: theSwitch(me), day: '2026-11-03', reason: 'staff_absent' }],
      }),
    })
    const row = region('Due today').getByRole('listitem').filter({ hasText: 'Choosing with a switch' })
    await expect.element(row).toMatchTextContent('Staff absent')
  })

  test('a block of somebody else says whose it is and why; then comes what is next, and who is handed over', async () => {
    await open({
      me: (me) => ({
        ...me,
        boards: me.boards.map((board) => ({
          ...board,
          blocks: board.blocks.map((block) =>
            block.title === 'Fractions'
              ? { ...block, cover: { usual: me.people[1]?.id ?? '', why: 'needs somebody trained to feed' } }
              : block,
          ),
        })),
      }),
    })
    const now = region('Fractions')
    await expect.element(now).toMatchTextContent('You cover for Dana Reyes: needs somebody trained to feed')
    await expect.element(now).toMatchTextContent('Then, at 9:20: Independent work · Room 12')
    // A.M. is not in the next block
    await expect.element(now).toMatchTextContent('Hand over A.M.')
  })

  test('AW-18 a duty-free meal shows when it ends and asks nothing', async () => {
    await open({
      time: '09:30',
      me: (me) => ({
        ...me,
        boards: me.boards.map((board) => ({
          ...board,
          blocks: board.blocks.map((block) =>
            block.title === 'Independent work'
              ? { ...block, title: 'Duty-free meal', students: [], programs: [], off: 'meal' as const }
              : block,
          ),
        })),
      }),
    })
    await expect.element(page.getByRole('heading', { name: 'Duty-free meal, until 9:50' })).toBeVisible()
    await expect.element(page.getByText('Nothing is asked of you.', { exact: false })).toBeVisible()
    await expect.element(region('Next')).toMatchTextContent('Writing')
    for (const name of ['Due today', 'With you', 'Before you go']) expect(region(name).query()).toBeNull()
  })

  test('from 18:00 on all of tomorrow is there, without a network; in the morning it is today', async () => {
    const school = smallSchool()
    const evening = await school.open('maya', {
      time: '17:59',
      me: (me) => ({
        ...me,
        boards: me.boards.map((board) =>
          board.day === '2026-11-03'
            ? board
            : { ...board, blocks: [1, 2, 3, 4, 5].flatMap((n) => several(board.blocks[0], n)) },
        ),
      }),
    })
    school.offline = true
    await show(
      <Screen hand={evening}>
        <Today />
      </Screen>,
    )
    evening.clock.advance(60_000)
    const tomorrow = region('Tomorrow, Wednesday A day')
    await expect.element(tomorrow).toMatchTextContent('Number stories 5')
    expect(tomorrow.getByRole('listitem').elements()).toHaveLength(5)
    evening.clock.advance(at('08:00', '2026-11-04') - evening.clock.now())
    await expect.element(page.getByRole('heading', { level: 1 })).toMatchTextContent('Wednesday')
    await expect.element(region('Next')).toMatchTextContent('Number stories 1')
  })

  test('AW-27 the way home: what is left without a reason, once nothing with students comes any more', async () => {
    const { hand } = await open({ time: '10:55' })
    expect(region('Before you go').query()).toBeNull()
    hand.clock.advance(5 * 60_000)
    await expect.element(region('Before you go')).toMatchTextContent('5 have neither data nor a reason')
    await expect
      .element(region('Before you go').getByRole('link', { name: 'Say why' }))
      .toHaveAttribute('href', '/end-of-day')
  })

  test('tomorrow stands there at the end of the day', async () => {
    await open({ time: '11:30' })
    await expect.element(region('Tomorrow, Wednesday A day')).toMatchTextContent('Number stories')
  })
})

describe('nothing to show', () => {
  test('no school today, no plan for today, nothing planned', async () => {
    const { hand } = await open({
      me: (me) => ({ ...me, boards: [{ day: '2026-11-03', type: null, blocks: [] }] }),
    })
    await expect.element(page.getByText('No school today')).toBeVisible()
    await hand.device.setValue('me', {
      ...hand.me,
      boards: [{ day: '2026-11-03', type: 'B', blocks: [] }],
    } as never)
    // a nurse, or a therapist on a free day: their students, and who is here
    await expect.element(region('Your students')).toMatchTextContent('A.M.')
    await expect.element(region('Your students')).toMatchTextContent('not marked')
    const idle = [{ day: '2026-11-03', type: 'B', blocks: [] }]
    await hand.device.setValue('me', { ...hand.me, students: [], boards: idle } as never)
    await expect.element(page.getByText('No blocks are planned for you')).toBeVisible()
    await hand.device.setValue('me', {
      ...hand.me,
      roles: ['coordinator'],
      students: [],
      boards: idle,
    } as never)
    await expect
      .element(region('The school’s day').getByRole('link', { name: /Attendance/ }))
      .toHaveAttribute('href', '/attendance')
    await hand.device.setValue('me', { ...hand.me, boards: [] } as never)
    await expect.element(page.getByText('The plan of today is not on this device')).toBeVisible()
    await hand.device.setValue('me', undefined)
    await expect.element(page.getByText('Your day is not on this device yet')).toBeVisible()
  })
})

describe('for everyone', () => {
  test('axe finds nothing, light and dark, also with the safety card open', async () => {
    const { school, hand } = await open()
    run(hand, school.programs.requesting, '+ - +')
    await expect.element(region('Due today')).toMatchTextContent('1 of 5 done')
    for (const theme of ['light', 'dark']) {
      document.documentElement.dataset['theme'] = theme
      await vi.waitFor(async () => expect(await axeFindings()).toEqual([]))
      await region('With you')
        .getByRole('button', { name: /B\.K\./ })
        .click()
      await expect.element(page.getByRole('dialog')).toBeVisible()
      await vi.waitFor(async () => expect(await axeFindings()).toEqual([]))
      await userEvent.keyboard('{Escape}')
      await expect.poll(() => page.getByRole('dialog').query()).toBeNull()
    }
    delete document.documentElement.dataset['theme']
  })

  test('initials only, and no scrolling sideways on a narrow phone', async () => {
    await page.viewport(360, 740)
    const { hand } = await open()
    await expect.element(region('Due today')).toMatchTextContent('0 of 5 done')
    const text = page.getByTestId('screen').element().textContent
    for (const { name } of hand.me.students) expect(text).not.toContain(name)
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360)
    await page.viewport(414, 896)
  })
})
