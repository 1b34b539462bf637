import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { afterEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { uuidOf } from '../../../platform/core/ids.ts'
import { at, Screen, smallSchool, type Hand, type School } from '../../../platform/web/testing-day.tsx'
import type { Me } from '../../schedule/model.ts'
import type { GlanceBody, HealthBody, ProfileBody } from '../records.ts'
import TodayPart from './TodayPart.tsx'

// as the screens are loaded: with the words that come with them
const { Brief } = await import('./Brief.tsx')
const { default: Handback } = await import('./Handback.tsx')
const { default: Publish } = await import('./Publish.tsx')
const { Student } = await import('./Student.tsx')

const PROFILE: ProfileBody = {
  say: 'ah-MAR-ee',
  communicates: ['Yes: nods'],
  likes: ['Trains'],
  equipment: ['Speech device'],
  people: [{ name: 'Ms. Nair', does: 'speech device' }],
}
const HEALTH: HealthBody = {
  plans: [
    {
      condition: 'seizure',
      see: 'Stares without answer.',
      do: 'Start the timer.',
      call: '911 at 5 minutes.',
      dont: 'Put anything in the mouth.',
      kit: 'Bag on the chair.',
      valid_until: '2026-11-02',
    },
  ],
}
const GLANCE: GlanceBody = {
  accommodations: ['One direction at a time'],
  behavior: { see: 'Looks at the door.', do: 'Hold out the device.', dont: 'Chase.' },
  help: ['feeding'],
  must_do: ['Count requests'],
  release: { to: 'bus_attendant', note: 'Bus 12' },
}

const Goals = () => <p>Goals stand here</p>

async function open(hand: Hand, path: string): Promise<void> {
  const root = createRootRoute()
  const paths = {
    '/students/$student': () => <Student sections={[Goals]} />,
    '/students/$student/publish': Publish,
    '/brief': Brief,
    '/handback': Handback,
    '/today': () => (
      <>
        <h1>Tuesday</h1>
        <TodayPart />
      </>
    ),
  }
  const router = createRouter({
    routeTree: root.addChildren(
      Object.entries(paths).map(([route, component]) =>
        createRoute({ getParentRoute: () => root, path: route, component }),
      ),
    ),
    history: createMemoryHistory({ initialEntries: [path] }),
  })
  await show(
    <Screen hand={hand}>
      <RouterProvider router={router} />
    </Screen>,
  )
}

function published(): School {
  const school = smallSchool()
  school.publish('students.profile', 'am', PROFILE, {})
  school.publish('students.health', 'am', HEALTH, {})
  school.publish('students.glance', 'am', GLANCE, {})
  return school
}

const idOf = (school: School, kind: string) =>
  school.server.rows.findLast(({ envelope }) => envelope.kind === kind)?.envelope.id ?? ''
const asSubstitute = (me: Me): Me => ({
  ...me,
  students: me.students.slice(0, 1).map((one) => ({ ...one, role: 'substitute', until: at('15:30') })),
})

afterEach(() => {
  delete document.documentElement.dataset['theme']
})

describe('a student at a glance', () => {
  test.each(['light', 'dark'])('AW-2 stands in its order, with what is new on top: %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme
    await page.viewport(390, 844)
    const school = published()
    const hand = await school.open('maya')
    await open(hand, `/students/${school.students.am}`)
    await expect.element(page.getByText('Goals stand here')).toBeVisible()
    const text = document.body.innerText
    const order = [
      'New to you: read this page',
      'ah-MAR-ee',
      'Line of sight',
      'Seizure',
      'Yes: nods',
      'Trains',
      'One direction at a time',
      'Count requests',
      'Goals stand here',
      'Hold out the device.',
      'Ms. Nair: speech device',
    ].map((words) => text.indexOf(words))
    expect(order).not.toContain(-1)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    // yesterday was its last day: it is shown, and said to be verified
    await expect.element(page.getByText('verify with nurse')).toBeVisible()
    await page.getByRole('button', { name: /Seizure/ }).click()
    await expect.element(page.getByRole('dialog')).toMatchTextContent('Put anything in the mouth.')
    await expect.element(page.getByRole('dialog')).toMatchTextContent('This plan ran out on')
    expect(await axeFindings()).toEqual([])
  })

  test('AW-2 one tap says that it was read; a new version shows what changed, line by line', async () => {
    const school = published()
    const hand = await school.open('maya')
    await open(hand, `/students/${school.students.am}`)
    await page.getByRole('button', { name: 'I have read this' }).click()
    await expect.element(page.getByText('New to you: read this page')).not.toBeInTheDocument()
    await hand.sync()
    const acks = school.server.rows.filter(({ envelope }) => envelope.kind === 'students.ack')
    expect(acks.map(({ envelope }) => envelope.body['what']).sort()).toEqual([
      'glance',
      'health',
      'profile',
      'safety',
    ])
    school.publish(
      'students.glance',
      'am',
      { ...GLANCE, accommodations: ['Headphones'], release: { to: 'listed_adult', note: 'Bus 12' } },
      { base: idOf(school, 'students.glance') },
    )
    await hand.sync()
    const news = page.getByRole('region', { name: 'What changed since you last worked with this student' })
    await expect.element(news).toMatchTextContent('Supports and behavior version 2')
    await expect.element(news).toMatchTextContent('New · SupportsHeadphones')
    await expect.element(news).toMatchTextContent('No longer · SupportsOne direction at a time')
    await expect
      .element(news)
      .toMatchTextContent('The bus attendant, once they have acceptedAn adult on the pick-up list, with ID')
    await expect.element(news).not.toMatchTextContent('Hold out the device.')
    expect(await axeFindings()).toEqual([])
  })

  test('AW-2 the case manager sees who has read it and who has not', async () => {
    const school = published()
    const hand = await school.open('maya')
    await open(hand, `/students/${school.students.am}`)
    await page.getByRole('button', { name: 'I have read this' }).click()
    await hand.sync()
    const withTeam = (me: Me): Me => ({
      ...me,
      students: me.students.map((one) => ({ ...one, role: 'case_manager' })),
      people: [
        ...me.people.map((one) => ({ ...one, with: [school.students.am] })),
        { id: school.students.bk, name: 'Tom Whitfield', role: 'gened_teacher', with: [school.students.am] },
      ],
    })
    const dana = await school.open('dana', { me: withTeam })
    document.body.replaceChildren()
    await open(dana, `/students/${school.students.am}`)
    const receipts = page.getByRole('region', { name: 'Who has read it' })
    await expect.element(receipts).toMatchTextContent('Tom Whitfield has read none')
    await expect.element(receipts).toMatchTextContent('Maya Ortiz Nov 3, 8:52 AM')
    // she wrote them herself
    await expect.element(receipts).not.toMatchTextContent('Dana Reyes')
    expect(await axeFindings()).toEqual([])
  })

  test('the case manager publishes a new version from what stands', async () => {
    const school = published()
    const manager = (me: Me): Me => ({
      ...me,
      students: me.students.map((one) => ({ ...one, role: 'case_manager' })),
    })
    const dana = await school.open('dana', { me: manager })
    await open(dana, `/students/${school.students.am}/publish`)
    await expect.element(page.getByLabelText('Supports')).toHaveValue('One direction at a time')
    const base = idOf(school, 'students.glance')
    await page.getByLabelText('Supports').fill('One direction at a time\nHeadphones')
    expect(await axeFindings()).toEqual([])
    await page.getByRole('button', { name: 'Publish' }).click()
    await dana.sync()
    const made = school.server.rows.findLast(({ envelope }) => envelope.kind === 'students.glance')?.envelope
    expect(made?.body['accommodations']).toEqual(['One direction at a time', 'Headphones'])
    expect(made?.refs).toEqual({ base })
  })
})

describe('a substitute', () => {
  test.each(['light', 'dark'])('AW-30 has the brief first on Today: %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme
    await page.viewport(390, 844)
    const school = published()
    const hand = await school.open('maya', { me: asSubstitute })
    await open(hand, '/today')
    await expect.element(page.getByRole('heading', { name: 'First the brief: five minutes' })).toBeVisible()
    // what the brief says needs no reading twice
    await expect.element(page.getByText('Plans to read')).not.toBeInTheDocument()
    expect(await axeFindings()).toEqual([])
  })

  test('H.4 whom to call is a number under the thumb, with the name of who answers; and what to say', async () => {
    await page.viewport(390, 844)
    const numbers = { teacher: '555-0112', office: '(608) 555-0100', nurse: '', crisis: '555-0100 x9' }
    const hand = await published().open('maya', {
      me: (me) => ({
        ...asSubstitute(me),
        contacts: [{ school: uuidOf('school'), name: 'Elm', ...numbers, words: 'Code blue' }],
      }),
    })
    await open(hand, '/brief')
    const call = page.getByRole('region', { name: 'Whom to call' })
    await expect
      .element(call.getByRole('link', { name: '(608) 555-0100' }))
      .toHaveAttribute('href', 'tel:6085550100')
    await expect
      .element(call.getByRole('link', { name: '555-0100 x9' }))
      .toHaveAttribute('href', 'tel:5550100;ext=9')
    await expect.element(call.getByText(/tell the nearest adult “Code blue” and the room/)).toBeVisible()
    for (const link of call.getByRole('link').elements())
      expect(link.getBoundingClientRect().height).toBeGreaterThanOrEqual(48)
    expect(await axeFindings()).toEqual([])
  })

  test('AW-30 answers the questions, reads again what was wrong, and only then may begin', async () => {
    await page.viewport(390, 844)
    const school = published()
    const hand = await school.open('maya', { me: asSubstitute })
    await open(hand, '/brief')
    await expect.element(page.getByRole('region', { name: 'Whom to call' })).toBeVisible()
    expect(await axeFindings()).toEqual([])
    await page.getByRole('button', { name: 'Next' }).click()
    await expect.element(page.getByRole('region', { name: 'Brief of A.M.' })).toMatchTextContent('Bus 12')
    // of what somebody wrote nobody knows the language: it is not read out as the language of the screen
    for (const text of ['Start the timer.', 'Looks at the door.', 'Count requests', 'Bus 12'])
      expect(page.getByText(text, { exact: true }).element().closest('[lang]')?.getAttribute('lang')).toBe('')
    expect(await axeFindings()).toEqual([])
    await page.getByRole('button', { name: 'Next' }).click()
    const check = page.getByRole('button', { name: 'Check my answers' })
    await expect.element(check).toBeDisabled()
    await page.getByRole('radio', { name: 'The bus attendant, once they have accepted' }).click()
    await page.getByRole('radio', { name: 'Wait a few minutes: most come back' }).click()
    await page.getByRole('radio', { name: 'Start the timer.' }).click()
    expect(await axeFindings()).toEqual([])
    await check.click()
    await expect.element(page.getByText('2 of 3. Read once more; then answer again.')).toBeVisible()
    await page.getByRole('button', { name: 'Read again' }).click()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('radio', { name: 'The bus attendant, once they have accepted' }).click()
    await page.getByRole('radio', { name: 'Follow at a safe distance, keep in sight, call for help' }).click()
    await page.getByRole('radio', { name: 'Start the timer.' }).click()
    await page.getByRole('button', { name: 'Check my answers' }).click()
    await expect.element(page.getByText('3 of 3. You can begin.')).toBeVisible()
    await hand.sync()
    const tries = school.server.rows.filter(({ envelope }) => envelope.kind === 'students.brief')
    expect(tries.map(({ envelope }) => envelope.body)).toEqual([
      { passed: false, wrong: 1 },
      { passed: true, wrong: 0 },
    ])
    expect(Object.keys(tries[1]?.envelope.refs ?? {}).sort()).toEqual([
      'glance',
      'health',
      'profile',
      'safety',
    ])
  })

  test.each(['case_manager', 'gened_teacher'])(
    'AW-30 H.4 a brief that is not done is shown to the teacher, and is not once it is passed: %s',
    async (role) => {
      const school = published()
      // on this one device the substitute and the teacher are one account, so that what is passed is theirs
      const asTeacher = (me: Me): Me => ({
        ...me,
        students: me.students.map((one) => ({ ...one, role })),
        people: [{ id: me.person.id, name: 'Kim Tran', role: 'substitute', with: [school.students.am] }],
      })
      const before = await school.open('dana', { me: asTeacher })
      await before.sync()
      await open(before, '/today')
      await expect.element(page.getByText('Brief not done: Kim Tran with A.M.')).toBeVisible()
      expect(await axeFindings()).toEqual([])

      document.body.replaceChildren()
      school.publish('students.brief', 'am', { passed: true, wrong: 0 }, {})
      const hand = await school.open('dana', { me: asTeacher })
      await hand.sync()
      await open(hand, '/today')
      await expect.element(page.getByText('Plans to read')).not.toBeInTheDocument()
      await expect.element(page.getByText(/^Brief not done/)).not.toBeInTheDocument()
    },
  )

  test('AW-34 writes the note when the last block is over; the usual para reads it once', async () => {
    const school = published()
    school.publish('students.brief', 'am', { passed: true, wrong: 0 }, {})
    const kim = await school.open('dana', { time: '15:20', me: asSubstitute })
    await open(kim, '/today')
    await page.getByRole('link', { name: 'Write the hand-back note' }).click()
    await page.getByLabelText('What went well').fill('Asked for the device by himself.')
    expect(await axeFindings()).toEqual([])
    await page.getByRole('button', { name: 'Hand back' }).click()
    await kim.sync()
    const maya = await school.open('maya', { time: '15:25' })
    document.body.replaceChildren()
    await open(maya, '/today')
    const note = page.getByRole('region', { name: 'Hand-back note, A.M.' })
    await expect.element(note).toMatchTextContent('Asked for the device by himself.')
    expect(await axeFindings()).toEqual([])
    await note.getByRole('button', { name: 'Read' }).click()
    await expect.element(note).not.toBeInTheDocument()
  })
})
