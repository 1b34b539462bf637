import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Json } from '../../../platform/core/canonical.ts'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import {
  at,
  DAY,
  Screen,
  smallSchool,
  stage,
  type Hand,
  type School,
} from '../../../platform/web/testing-day.tsx'
import { startDraft } from '../../sessions/drafts.ts'
import { programOf } from '../../sessions/program.ts'
import { Measure, ProgramBody } from '../../sessions/records.ts'
import { sessionView } from '../../sessions/rules.ts'
import { settle } from '../../../platform/records/settle.ts'
import { CHOICES } from '../fields.ts'
import { readWorking } from '../working.ts'
import { New } from './NewProgram.tsx'
import type { PadCard } from './Preview.tsx'
import { ProgramOf } from './ProgramPage.tsx'
import Programs from './Programs.tsx'
import { startProgram } from './start.ts'
import { CHOICE } from './words.ts'
import { i18n } from '@lingui/core'

const PHONE = [390, 844] as const
const DESK = [1280, 800] as const

/** Dana decides about all three; Sam too, at a device of his own. */
const owner = (me: Hand['me']): Hand['me'] => ({
  ...me,
  students: me.students.map((one) => ({ ...one, role: 'case_manager' })),
})

async function opened(size: readonly [number, number] = DESK): Promise<{ school: School; dana: Hand }> {
  await page.viewport(...size)
  const school = smallSchool()
  return { school, dana: await school.open('dana', { me: owner }) }
}

/** In the place of the pad's card, which src/web.tsx hands in (src/preview.browser.test.tsx has the real one). */
const Card: PadCard = ({ id, students, place }) => <p>{[id, ...students, place.day].join(' ')}</p>

function Program({ hand, program }: { hand: Hand; program: string }) {
  return (
    <Screen hand={hand}>
      <ProgramOf program={program} card={Card} />
    </Screen>
  )
}

const records = (hand: Hand, student: string, program: string, kind: string) => {
  const partition = hand.device.partitionOf({ kind: 'sessions.program', student, refs: { program } }) ?? ''
  return settle(hand.device.records(partition)).live.filter((one) => one.kind === kind)
}
const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const button = (name: string | RegExp) => page.getByRole('button', { name })
const kept = () => expect.element(page.getByText('Kept as a draft')).toBeVisible()
/** A sheet that slides in has no contrast of its own yet. */
const drawn = () =>
  Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)))
const publishButton = () => page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true })

/** Dana at the program that is in use. */
async function requesting() {
  const { school, dana } = await opened()
  const program = school.programs.requesting
  await show(<Program hand={dana} program={program} />)
  return { school, dana, program }
}

/** Publishes what stands, as it is. */
async function publish(version: number): Promise<void> {
  await userEvent.click(button(version === 1 ? 'Publish …' : 'Publish the change …'))
  await expect.element(page.getByRole('dialog')).toBeVisible()
  await userEvent.click(publishButton())
  await expect.element(page.getByText(`Version ${version} is published.`)).toBeVisible()
}

/** A new program with everything that the IEP must say. */
function begun(hand: Hand, student: string, over: object = {}): string {
  return startProgram(
    hand.device,
    student,
    readWorking({
      title: 'Asking for help',
      goal: 'Amari will ask for help.',
      criterion: '80 % across 3 sessions with 2 staff',
      definition: 'Says or shows “help”.',
      measure: CHOICES.right[0]?.start,
      ...over,
    }),
  )
}

describe('publishing', () => {
  test('a program typed from nothing is published as version 1, with its first phase', async () => {
    const { school, dana } = await opened()
    const program = startProgram(dana.device, school.students.am, readWorking({}))
    await show(<Program hand={dana} program={program} />)
    await expect.element(page.getByText('not published yet')).toBeVisible()
    await userEvent.fill(field('Goal in the IEP'), 'The student will ask for help.')
    await userEvent.fill(field('Criterion in the IEP'), '80 % across 3 sessions')
    await userEvent.fill(field('Short name'), 'Asking for help')
    await userEvent.fill(field('What counts'), 'Says or shows “help”.')
    await userEvent.click(button(/^Percent of opportunities/))
    await expect.element(page.getByText('Ready to be published')).toBeVisible()
    await publish(1)
    const [version, ...more] = records(dana, school.students.am, program, 'sessions.program')
    expect(more).toEqual([])
    expect(version?.refs).toEqual({ program })
    expect(version?.body).toMatchObject({
      number: 1,
      title: 'Asking for help',
      definition: 'Says or shows “help”.',
    })
    expect(ProgramBody.safeParse(version?.body).success).toBe(true)
    expect(records(dana, school.students.am, program, 'sessions.phase').map(({ body }) => body)).toEqual([
      { label: 'Baseline', condition: 'baseline', from: DAY, major: true, why: '' },
    ])
  })

  test('what is missing is listed with its place, and nothing is published', async () => {
    const { school, dana } = await opened()
    const program = begun(dana, school.students.am, { goal: '', definition: '' })
    await show(<Program hand={dana} program={program} />)
    await expect.element(page.getByText('2 things before it can be published')).toBeVisible()
    await userEvent.click(button('Publish …'))
    await expect.element(field('Goal in the IEP')).toHaveAttribute('aria-invalid', 'true')
    expect(document.activeElement?.id).toBe('goal-title')
    expect(records(dana, school.students.am, program, 'sessions.program')).toEqual([])
  })

  test.each<[string, object, string]>([
    [
      'counts that cannot be',
      { measure: { ...CHOICES.right[0]?.start, min_opportunities: 20 } },
      'A session is planned to have 10 and needs at least 20 to count: no session would ever count.',
    ],
    [
      'a passage without words',
      { measure: CHOICES.well[2]?.start, forms: [{ id: 'a', title: 'Fall 1', text: ' … ' }] },
      'The passage “Fall 1” has no words.',
    ],
    [
      'a rule that nobody can meet',
      {
        mastery: {
          metric: 'pct_independent',
          cmp: '>=',
          threshold: '80',
          run: { k: 3, unit: 'sessions' },
          min_staff: 5,
        },
      },
      '5 different people cannot run 3 sessions.',
    ],
  ])('%s: said plainly, not published, nothing lost', async (_, over, words) => {
    const { school, dana } = await opened()
    const program = begun(dana, school.students.am, over)
    await show(<Program hand={dana} program={program} />)
    await expect.element(page.getByText(words).first()).toBeVisible()
    await userEvent.click(button('Publish …'))
    expect(document.querySelector('[role=dialog]')).toBeNull()
    expect(records(dana, school.students.am, program, 'sessions.program')).toEqual([])
    await expect.element(field('Short name')).toHaveValue('Asking for help')
  })
})

describe('a draft', () => {
  test('G1 survives the death of the browser, without a network', async () => {
    const { school, dana } = await opened()
    school.offline = true
    const place = stage(<Program hand={dana} program={school.programs.requesting} />)
    await show(<place.Stage />)
    await userEvent.fill(field('What counts'), 'Asks within 5 seconds.')
    await kept()
    place.put(null)
    const again = await dana.restart()
    place.put(<Program hand={again} program={school.programs.requesting} />)
    await expect.element(field('What counts')).toHaveValue('Asks within 5 seconds.')
    await expect.element(page.getByText('draft of version 2')).toBeVisible()
  })

  test('many keys are one record: it waits until the hand rests', async () => {
    const { school, dana } = await opened()
    await show(<Program hand={dana} program={school.programs.requesting} />)
    await userEvent.click(field('Short name'))
    await userEvent.keyboard(' again and again')
    await kept()
    const drafts = records(dana, school.students.am, school.programs.requesting, 'sessions.draft')
    expect(drafts.map(({ body }) => (body['program'] as { title: string }).title)).toEqual([
      'Requesting again and again',
    ])
  })

  test('stands in the list, is opened from there, and can be set aside and taken back', async () => {
    const { school, dana } = await opened(PHONE)
    const program = begun(dana, school.students.am)
    const place = stage(
      <Screen hand={dana}>
        <Programs />
      </Screen>,
    )
    await show(<place.Stage />)
    const row = page.getByRole('link', { name: /Asking for help/ })
    await expect.element(row).toMatchTextContent('new, not published')
    place.put(<Program hand={dana} program={program} />)
    await userEvent.click(button('Set the draft aside'))
    await expect.element(page.getByText('The draft is set aside.')).toBeVisible()
    await userEvent.click(button('Undo'))
    place.put(
      <Screen hand={dana}>
        <Programs />
      </Screen>,
    )
    await expect.element(row).toBeVisible()
  })
})

describe('a change', () => {
  test('C.3 another definition: the difference is shown, a major phase line and its reason are asked for', async () => {
    const { school, dana } = await opened()
    const program = school.programs.requesting
    const base = records(dana, school.students.am, program, 'sessions.program')[0]?.id
    await show(<Program hand={dana} program={program} />)
    await userEvent.fill(field('What counts'), 'Asks within 5 seconds.')
    await userEvent.click(button('Publish the change …'))
    const dialog = page.getByRole('dialog')
    await expect.element(dialog.getByRole('deletion')).toMatchTextContent('What counts as Requesting.')
    await expect.element(dialog.getByRole('insertion')).toMatchTextContent('Asks within 5 seconds.')
    await expect.element(dialog).toMatchTextContent('Sessions that run now keep the version they began with.')
    await userEvent.click(publishButton())
    await expect
      .element(dialog.getByRole('textbox', { name: 'Reason' }))
      .toHaveAttribute('aria-invalid', 'true')
    expect(records(dana, school.students.am, program, 'sessions.phase')).toEqual([])
    await userEvent.fill(dialog.getByRole('textbox', { name: 'Reason' }), 'Two people saw it differently.')
    await userEvent.click(publishButton())
    await expect.element(page.getByText('Version 2 is published.')).toBeVisible()
    const versions = records(dana, school.students.am, program, 'sessions.program')
    expect(versions.map(({ body }) => body['number'])).toEqual([1, 2])
    expect(versions[1]?.refs).toEqual({ program, base })
    expect(records(dana, school.students.am, program, 'sessions.phase').map(({ body }) => body)).toEqual([
      {
        label: 'New definition',
        condition: 'intervention',
        from: DAY,
        major: true,
        why: 'Two people saw it differently.',
      },
    ])
  })

  test('any other change draws no line unless the owner wants a dashed one', async () => {
    const { school, dana, program } = await requesting()
    await userEvent.fill(field('Short name'), 'Asking')
    await userEvent.click(button('Publish the change …'))
    const dialog = page.getByRole('dialog')
    await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'A line on the graph' }), 'minor')
    await userEvent.fill(dialog.getByRole('textbox', { name: 'Label of the line' }), 'New name')
    await userEvent.click(publishButton())
    await expect.element(page.getByText('Version 2 is published.')).toBeVisible()
    expect(records(dana, school.students.am, program, 'sessions.phase')[0]?.body).toMatchObject({
      label: 'New name',
      major: false,
    })
  })
})

test('C.0 rule 6: a session that runs keeps the version it began with, the next one has the new one', async () => {
  const { school, dana } = await opened()
  const maya = await school.open('maya')
  const program = school.programs.requesting
  const { am: student } = school.students
  const begin = () => {
    const plan = maya.device.partitionOf({ kind: 'sessions.program', student, refs: { program } }) ?? ''
    const current = programOf(maya.device.records(plan), DAY)
    if (!current) throw new Error('no plan')
    const session = uuidv7(maya.device.clock.now())
    const draft = startDraft(current, session, { setting: 'Room 12', tags: [] })
    return { session, version: maya.device.capture(draft).record.refs['version'] }
  }
  const first = begin()
  await maya.sync()
  await show(<Program hand={dana} program={program} />)
  await userEvent.fill(field('Short name'), 'Asking')
  await publish(2)
  const [one, two] = records(dana, student, program, 'sessions.program')
  await dana.sync()
  await maya.sync()
  const states = maya.device.statesOf(sessionView, `program:${program}`).map(({ state }) => state)
  expect(states.map(({ session, version, status }) => [session, version, status])).toEqual([
    [first.session, one?.id, 'open'],
  ])
  expect(first.version).toBe(one?.id)
  expect(begin().version).toBe(two?.id)
})

describe('two owners', () => {
  /** Version 2 of a program, made elsewhere from version 1; by Sam, unless it says by whom. */
  function bySam(
    school: School,
    program: string,
    hand: Hand,
    over: object,
    when = '08:40',
    author = hand.me.people[0]?.id ?? '',
  ) {
    const [first] = records(hand, school.students.am, program, 'sessions.program')
    if (!first) throw new Error('no version')
    const time = at(when)
    school.server.add(
      {
        id: uuidv7(time),
        kind: 'sessions.program',
        v: 1,
        body: { ...first.body, number: 2, ...over } as { [key: string]: Json },
        student: school.students.am,
        refs: { program, base: first.id },
        at: new Date(time).toISOString(),
        tz: 'America/Chicago',
        device: uuidv7(time),
        seq: 1,
        ord: time,
        mono: { boot: 'sam', ms: 1 },
      },
      { received: time, author },
    )
  }

  /** A draft that arrives from another device: Sam's (at a name of the school's), or Dana's own. */
  const draftFrom = (school: School, program: string, author: string, title: string, definition?: string) => {
    const time = at('08:45')
    const [first] = school.server.rows.filter(
      ({ envelope }) => envelope.kind === 'sessions.program' && envelope.refs['program'] === program,
    )
    if (!first) throw new Error('not published yet')
    const { number: _, ...body } = first.envelope.body
    const words = { ...body, title, ...(definition === undefined ? {} : { definition }) }
    school.server.add(
      {
        ...first.envelope,
        id: uuidv7(time),
        kind: 'sessions.draft',
        body: { program: words, base: 1 } as { [key: string]: Json },
        refs: { program, base: first.envelope.id },
        at: new Date(time).toISOString(),
        device: uuidv7(time),
        seq: 1,
        ord: time,
      },
      { received: time, author },
    )
  }

  test('F37 a version that arrives while the sheet is open is not published over', async () => {
    const { school, dana, program } = await requesting()
    await userEvent.fill(field('Short name'), 'Asking')
    await userEvent.click(button('Publish the change …'))
    await expect.element(publishButton()).toBeVisible()
    bySam(school, program, dana, { definition: 'Asks within 5 seconds.' })
    await dana.sync()
    await expect.element(page.getByText(/Maya Ortiz published version 2 meanwhile/)).toBeVisible()
    await expect.element(publishButton()).not.toBeInTheDocument()
    expect(records(dana, school.students.am, program, 'sessions.program')).toHaveLength(2)
    await userEvent.click(button('Carry my changes over'))
    await expect.element(field('What counts')).toHaveValue('Asks within 5 seconds.')
    await expect.element(field('Short name')).toHaveValue('Asking')
  })

  test('F37 of two versions with one number a draft knows the one it began from', async () => {
    const { school, dana } = await opened()
    const program = school.programs.requesting
    const place = stage(<Program hand={dana} program={program} />)
    await show(<place.Stage />)
    school.offline = true
    await userEvent.fill(field('Short name'), 'Asking')
    await publish(2)
    place.put(null)
    await expect.element(field('Short name')).not.toBeInTheDocument()
    place.put(<Program hand={dana} program={program} />)
    await userEvent.fill(field('Goal in the IEP'), 'Amari will ask.')
    await kept()
    // Sam's version 2, made a minute later, is the one that stands
    bySam(school, program, dana, { definition: 'Asks within 5 seconds.' }, '08:53')
    school.offline = false
    dana.clock.advance(120_000)
    await dana.sync()
    await expect.element(page.getByText(/Maya Ortiz published version 2 meanwhile/)).toBeVisible()
    await expect.element(field('Goal in the IEP')).toHaveValue('Amari will ask.')
  })

  test('F37 going on from the draft of somebody else takes one’s own changes along, and says what both changed', async () => {
    const { school, dana, program } = await requesting()
    await userEvent.fill(field('What counts'), 'Asks within 5 seconds.')
    await userEvent.fill(field('Short name'), 'Asking')
    await kept()
    draftFrom(school, program, dana.me.people[0]?.id ?? '', 'Requests')
    await dana.sync()
    await userEvent.click(button('Go on from theirs'))
    await expect.element(page.getByText(/Changed in both, each in its own way: Short name/)).toBeVisible()
    await expect.element(field('What counts')).toHaveValue('Asks within 5 seconds.')
    await expect.element(field('Short name')).toHaveValue('Asking')
    await userEvent.click(button('Take the other words'))
    await expect.element(field('Short name')).toHaveValue('Requests')
    await expect.element(field('What counts')).toHaveValue('Asks within 5 seconds.')
    // Sam's draft is still Sam's
    await expect.element(button('Go on from theirs')).toBeVisible()
  })

  test('F37 one’s own draft of another device is shown beside this one, and comes together with it', async () => {
    const { school, dana, program } = await requesting()
    await userEvent.fill(field('What counts'), 'Asks within 5 seconds.')
    await kept()
    draftFrom(school, program, dana.device.person, 'Asking')
    await dana.sync()
    await expect.element(page.getByText(/You also changed this program on another device/)).toBeVisible()
    await drawn()
    expect(await axeFindings()).toEqual([])
    await userEvent.click(button('Bring both together'))
    await expect.element(field('Short name')).toHaveValue('Asking')
    await expect.element(field('What counts')).toHaveValue('Asks within 5 seconds.')
    await expect.element(button('Bring both together')).not.toBeInTheDocument()
    await kept()
    await expect.element(page.getByText('Both drafts are one now.')).toBeVisible()
  })

  /** Dana publishes “Asking” without a network, beside “Requests” by somebody else or herself, and opens the page anew. */
  async function twoSuccessors(other: (hand: Hand) => [when?: string, author?: string] = () => []) {
    const { school, dana } = await opened()
    const program = school.programs.requesting
    const place = stage(<Program hand={dana} program={program} />)
    await show(<place.Stage />)
    school.offline = true
    await userEvent.fill(field('Short name'), 'Asking')
    await publish(2)
    bySam(school, program, dana, { title: 'Requests' }, ...other(dana))
    school.offline = false
    await dana.sync()
    place.put(null)
    await expect.element(field('Short name')).not.toBeInTheDocument()
    place.put(<Program hand={dana} program={program} />)
    return { school, dana, program }
  }

  test('F37 semantics 2.6 two successors of one version are shown with who made them; one is gone on from', async () => {
    const { school, dana, program } = await twoSuccessors()
    await expect.element(page.getByText('Two versions were published from one start')).toBeVisible()
    await expect.element(page.getByRole('heading', { name: 'Version 2 by Maya Ortiz' })).toBeVisible()
    await expect.element(page.getByRole('heading', { name: 'Version 2 by Dana Reyes' })).toBeVisible()
    const [first, ...second] = records(dana, school.students.am, program, 'sessions.program')
    expect(second.map(({ refs }) => refs['base'])).toEqual([first?.id, first?.id])
    await userEvent.click(button('Keep the one by Maya Ortiz'))
    await expect.element(page.getByText('Two versions were published from one start')).not.toBeInTheDocument()
    const versions = records(dana, school.students.am, program, 'sessions.program')
    const theirs = versions.find(({ body }) => body['title'] === 'Requests' && body['number'] === 2)
    const chosen = versions.find(({ body }) => body['number'] === 3)
    expect(chosen?.body['title']).toBe('Requests')
    expect(chosen?.refs['base']).toBe(theirs?.id)
  })

  test('F37 semantics 2.6 two successors by one person from two devices are told apart by which is in use and when', async () => {
    const { school, dana, program } = await twoSuccessors((hand) => ['07:10', hand.me.person.id])
    await expect.element(button('Keep the one in use now')).toBeVisible()
    await drawn()
    expect(await axeFindings()).toEqual([])
    await userEvent.click(page.getByRole('button', { name: /^Keep the other one \(.*7:10/ }))
    await expect.element(page.getByText('Two versions were published from one start')).not.toBeInTheDocument()
    const versions = records(dana, school.students.am, program, 'sessions.program')
    expect(versions.find(({ body }) => body['number'] === 3)?.body['title']).toBe('Requests')
  })

  test('a version that overtakes a draft is said, and what the draft changed is carried over', async () => {
    const { school, dana, program } = await requesting()
    await userEvent.fill(field('What counts'), 'Asks within 5 seconds.')
    await kept()
    bySam(school, program, dana, { title: 'Requests' })
    await dana.sync()
    await expect.element(page.getByText(/Maya Ortiz published version 2 meanwhile/)).toBeVisible()
    await userEvent.click(button('Publish the change …'))
    expect(document.querySelector('[role=dialog]')).toBeNull()
    await userEvent.click(button('Carry my changes over'))
    await expect.element(field('Short name')).toHaveValue('Requests')
    await expect.element(field('What counts')).toHaveValue('Asks within 5 seconds.')
    await expect.element(page.getByText('draft of version 3')).toBeVisible()
  })
})

describe('a copy for another student', () => {
  test('takes no identity along, shows what it took out, and begins as a draft', async () => {
    const { school, dana } = await opened()
    school.offline = true
    const program = begun(dana, school.students.am, { examples: ['A.M. points at the card', 'Says it'] })
    await show(<Program hand={dana} program={program} />)
    await userEvent.click(button('Copy to another student'))
    const dialog = page.getByRole('dialog')
    const out = dialog.getByTestId('stripped')
    await expect.element(out).toMatchTextContent('Amari will ask for help.')
    await expect.element(out).toMatchTextContent('The student will ask for help.')
    await userEvent.click(dialog.getByRole('button', { name: 'Make it a draft' }))
    const states = dana.device.outbox().map(({ record }) => record)
    const copy = states.findLast((one) => one.kind === 'sessions.draft')
    expect(copy?.student).toBe(school.students.bk)
    expect(copy?.refs['program']).not.toBe(program)
    expect(copy?.body['base']).toBe(0)
    expect(JSON.stringify(copy?.body)).not.toMatch(/Amari|A\.M\./)
    expect(JSON.stringify(copy?.body)).not.toContain(school.students.am)
  })

  test('a template becomes a draft of the student', async () => {
    const { school, dana } = await opened(PHONE)
    school.offline = true
    await show(
      <Screen hand={dana}>
        <New student={school.students.cd} />
      </Screen>,
    )
    await userEvent.click(button(/^Break card/))
    const draft = dana.device.outbox().find(({ record }) => record.kind === 'sessions.draft')?.record
    expect(draft?.student).toBe(school.students.cd)
    expect(draft?.body).toMatchObject({ base: 0, program: { title: 'Break card', goal: '' } })
  })
})

describe('each way of measuring', () => {
  const choices = Object.values(CHOICES).flat()
  /** What only an owner can write. */
  const lines: { readonly [id: string]: readonly (readonly [field: string, value: string])[] } = {
    steps: [['Steps, one a line', 'Turns on the water\nWets both hands\nTakes soap\nRinses']],
    checklist: [['Items, one a line', 'Folder in the bag\nCoat on\nIn line']],
    rubric: [
      ['Item 1', 'Opening sentence'],
      ['Levels of item 1, lowest (0) first, one a line', 'none\nnames the topic\nsays why'],
    ],
    intensity: [['What each level looks like, from 1 up, one a line', 'hums\nshouts\nshouts and stamps']],
    feeding: [
      ['Feeding plan', 'Plan 3'],
      ['Signed by', 'Priya Nair'],
      ['Valid until', '2027-06-30'],
    ],
    toileting: [['Times of the scheduled visits, one a line (like 10:15)', '10:15\n12:45']],
  }

  test.each(choices.map((choice) => [choice.id, choice] as const))(
    '%s: chosen, filled in, kept as its schema wants it, opened again',
    async (id, choice) => {
      const { school, dana } = await opened()
      const program = begun(dana, school.students.am, { measure: null })
      const place = stage(<Program hand={dana} program={program} />)
      await show(<place.Stage />)
      const words = CHOICE[id]?.[0]
      const name = words ? i18n._(words) : id
      await userEvent.click(button(new RegExp(`^${name}`)).first())
      for (const [label, value] of lines[id] ?? [])
        await userEvent.fill(page.getByLabelText(label, { exact: true }), value)
      await expect.element(page.getByText('Ready to be published')).toBeVisible()
      await kept()
      place.put(null)
      await expect.element(field('Short name')).not.toBeInTheDocument()
      place.put(<Program hand={dana} program={program} />)
      await expect.element(page.getByText('Ready to be published')).toBeVisible()
      const drafts = records(dana, school.students.am, program, 'sessions.draft')
      const last = drafts.at(-1)?.body['program'] as { measure: Json }
      const measure = Measure.safeParse(last.measure)
      expect(measure.error?.issues).toBeUndefined()
      expect(measure.data?.system).toBe(choice.start.system)
    },
  )
})

describe('the rule of mastery', () => {
  const rule = {
    metric: 'pct_independent',
    cmp: '>=',
    threshold: '80',
    run: { k: 3, unit: 'sessions' },
    min_staff: 2,
  }
  const text = () => field('The rule as text')

  test('D.6 the sentence and the text say the same; the words of the IEP stay as they are', async () => {
    const { school, dana } = await opened()
    const program = begun(dana, school.students.am, { mastery: rule })
    await show(<Program hand={dana} program={program} />)
    await expect.element(text()).toHaveValue('pct_independent >= 80 FOR 3 consecutive MIN staff 2')
    await userEvent.fill(page.getByRole('textbox', { name: 'Threshold' }), '85')
    await expect.element(text()).toHaveValue('pct_independent >= 85 FOR 3 consecutive MIN staff 2')
    await userEvent.fill(text(), 'pct_independent >= 70 FOR 4 of 5 sessions MIN trials 8')
    await expect.element(page.getByRole('textbox', { name: 'Threshold' })).toHaveValue('70')
    await expect.element(page.getByRole('textbox', { name: 'trials or more in each' })).toHaveValue('8')
    await userEvent.fill(text(), 'pct_independent >= 70 FOR lunch')
    await expect.element(page.getByText(/“lunch” cannot stand there/)).toBeVisible()
    await expect.element(field('Criterion in the IEP')).toHaveValue('80 % across 3 sessions with 2 staff')
  })

  test('D.7 cells by name: a role, a place of the list, a material; in the text, in the change, and out again', async () => {
    const { school, dana } = await opened()
    const program = begun(dana, school.students.am, {
      mastery: rule,
      settings: ['Cafeteria'],
      materials: ['Real coins'],
    })
    await show(<Program hand={dana} program={program} />)
    await userEvent.click(button('Name a person, a place or a material'))
    // nothing is named yet: nothing is asked for
    await expect.element(text()).toHaveValue('pct_independent >= 80 FOR 3 consecutive MIN staff 2')
    const pick = (name: string, option: string) =>
      userEvent.selectOptions(page.getByRole('combobox', { name, exact: true }), option)
    await pick('With whom', 'Maya Ortiz')
    await pick('Where', 'Cafeteria')
    await pick('With what', 'Real coins')
    await expect
      .element(text())
      .toHaveValue(
        'pct_independent >= 80 FOR 3 consecutive MIN staff 2 SHOWN BY "Maya Ortiz" IN "Cafeteria" WITH "Real coins"',
      )
    await userEvent.fill(
      text(),
      'pct_independent >= 80 FOR 3 consecutive SHOWN BY "substitute" WITH "Play money"',
    )
    await expect.element(page.getByText(/“Play money” is not among the materials/).first()).toBeVisible()
    await userEvent.fill(text(), 'pct_independent >= 80 FOR 3 consecutive SHOWN BY "substitute"')
    const cell = page.getByRole('group', { name: 'Substitute paraprofessional' })
    await expect.element(cell).toBeVisible()
    await kept()
    await publish(1)
    const [version] = records(dana, school.students.am, program, 'sessions.program')
    expect(ProgramBody.parse(version?.body).mastery?.cells).toEqual([{ who: 'substitute' }])
  })

  test('90 % in 3 sessions is offered, and not taken by itself', async () => {
    const { school, dana } = await opened()
    const program = begun(dana, school.students.am, { mastery: rule })
    await show(<Program hand={dana} program={program} />)
    await expect.element(page.getByText(/consider 90 % in 3 sessions in a row/)).toBeVisible()
    await expect.element(text()).toHaveValue('pct_independent >= 80 FOR 3 consecutive MIN staff 2')
    await userEvent.click(button('Use 90 % × 3'))
    await expect.element(text()).toHaveValue('pct_independent >= 90 FOR 3 consecutive MIN staff 2')
  })

  test('another measurement takes the rule along', async () => {
    const { school, dana } = await opened()
    const program = begun(dana, school.students.am, { mastery: rule })
    await show(<Program hand={dana} program={program} />)
    await userEvent.click(button('Choose another'))
    await userEvent.click(button(/^Percent of opportunities/))
    await expect.element(text()).toHaveValue('pct_opportunities >= 80 FOR 3 consecutive MIN staff 2')
  })
})

describe('a para', () => {
  test('B.4 finds no builder', async () => {
    const { school } = await opened()
    const maya = await school.open('maya')
    await show(<Program hand={maya} program={school.programs.requesting} />)
    await expect.element(page.getByText('Nothing is here')).toBeVisible()
    expect(document.querySelector('textarea')).toBeNull()
  })
})

test('D.1 an aim line is recorded as it was edited, with how its start was found', async () => {
  const { school, dana, program } = await requesting()
  await userEvent.fill(page.getByLabelText('From (day)'), '2026-11-03')
  await userEvent.fill(field('Start value'), '20')
  await userEvent.fill(page.getByLabelText('By (day)'), '2027-05-18')
  await userEvent.fill(field('Goal value'), '80')
  await userEvent.click(button('Draw this aim line'))
  await expect.element(page.getByText('The aim line is drawn.')).toBeVisible()
  expect(records(dana, school.students.am, program, 'progress.aim').map(({ body }) => body)).toEqual([
    { from: '2026-11-03', from_value: 20, to: '2027-05-18', to_value: 80, basis: 'entered by the owner' },
  ])
})

test.each([
  ['phone', PHONE, 'light'],
  ['phone', PHONE, 'dark'],
  ['desk', DESK, 'light'],
  ['desk', DESK, 'dark'],
] as const)('axe finds nothing: %s, %s %s', async (_, size, theme) => {
  document.documentElement.dataset['theme'] = theme
  const { school, dana } = await opened(size)
  const mastery = { metric: 'pct_independent', cmp: '>=', threshold: '101', run: { k: 3, unit: 'sessions' } }
  const program = begun(dana, school.students.am, { mastery })
  const place = stage(<Program hand={dana} program={program} />)
  await show(<place.Stage />)
  await expect.element(page.getByTestId('preview')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await userEvent.click(button('Choose another'))
  expect(await axeFindings()).toEqual([])
  await userEvent.click(button('Copy to another student'))
  await expect.element(page.getByTestId('stripped')).toBeVisible()
  await drawn()
  expect(await axeFindings()).toEqual([])
  await userEvent.keyboard('{Escape}')
  place.put(<Program key="change" hand={dana} program={school.programs.washing} />)
  await expect.element(page.getByText('version 1 is in use')).toBeVisible()
  await userEvent.fill(field('What counts'), 'Each step within 5 seconds.')
  await userEvent.click(button('Publish the change …'))
  await expect.element(page.getByRole('dialog')).toBeVisible()
  await userEvent.click(publishButton())
  await drawn()
  expect(await axeFindings()).toEqual([])
  await userEvent.keyboard('{Escape}')
  place.put(
    <Screen hand={dana}>
      <New student={school.students.bk} />
    </Screen>,
  )
  await expect.element(page.getByText('Start empty')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  place.put(
    <Screen hand={dana}>
      <Programs />
    </Screen>,
  )
  await expect.element(page.getByRole('heading', { level: 1, name: 'Programs' })).toBeVisible()
  expect(await axeFindings()).toEqual([])
  delete document.documentElement.dataset['theme']
})
