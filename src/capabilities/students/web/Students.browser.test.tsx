import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { at, Screen, smallSchool, type Hand } from '../../../platform/web/testing-day.tsx'
import Students from './Students.tsx'

// as the screen is loaded: with the words that come with it
const { Student } = await import('./Student.tsx')

const NAMES = ['Amari', 'Bella', 'Cody']

const Goals = ({ student }: { student: string }) => <p>Goals of {student}</p>

/** A student's page at its own address. */
async function open(hand: Hand, student: string): Promise<void> {
  const root = createRootRoute()
  const route = createRoute({
    getParentRoute: () => root,
    path: '/students/$student',
    component: () => <Student sections={[Goals]} />,
  })
  const router = createRouter({
    routeTree: root.addChildren([route]),
    history: createMemoryHistory({ initialEntries: [`/students/${student}`] }),
  })
  await show(
    <Screen hand={hand}>
      <RouterProvider router={router} />
    </Screen>,
  )
}

const row = (initials: string) => page.getByRole('listitem').filter({ hasText: initials })

describe('my students', () => {
  test('show initials, how closely they are supervised, and flags in words; no names', async () => {
    const school = smallSchool()
    const hand = await school.open('maya')
    await show(
      <Screen hand={hand}>
        <Students />
      </Screen>,
    )
    await expect.element(row('A.M.')).toMatchTextContent('Line of sight')
    await expect.element(row('A.M.')).toMatchTextContent('Arm’s length near road or water')
    await expect.element(row('A.M.')).toMatchTextContent('may leave the room')
    await expect.element(row('B.K.')).toMatchTextContent('seizure plan')
    await expect.element(row('C.D.')).toMatchTextContent('No safety card on this device')
    for (const name of NAMES) expect(document.body.textContent).not.toContain(name)
    expect(document.body.textContent).not.toContain('SV')
    expect(await axeFindings()).toEqual([])
  })

  test('a time that ends by itself is said', async () => {
    const school = smallSchool()
    const hand = await school.open('maya', {
      me: (me) => ({
        ...me,
        students: me.students.map((one) => ({ ...one, until: at('15:30') })),
      }),
    })
    await show(
      <Screen hand={hand}>
        <Students />
      </Screen>,
    )
    await expect.element(row('A.M.')).toMatchTextContent('with you until 3:30 PM')
  })

  test('without students it says when they appear', async () => {
    const school = smallSchool()
    const hand = await school.open('maya', { me: (me) => ({ ...me, students: [] }) })
    await show(
      <Screen hand={hand}>
        <Students />
      </Screen>,
    )
    await expect.element(page.getByText('No students right now')).toBeVisible()
  })
})

describe('one student', () => {
  test.each(['light', 'dark'])('the safety card comes first, then what others add: %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme
    await page.viewport(390, 844)
    const school = smallSchool()
    const hand = await school.open('maya')
    await open(hand, school.students.am)
    await expect.element(page.getByRole('heading', { level: 1, name: 'Amari' })).toBeVisible()
    const card = page.getByRole('region', { name: 'Safety card' })
    await expect.element(card.getByRole('heading', { name: 'Line of sight' })).toBeVisible()
    await expect.element(card).toMatchTextContent('You can see the student at all times.')
    await expect.element(card).toMatchTextContent('Arm’s length near road or water')
    await expect
      .element(card.getByRole('listitem').first())
      .toMatchTextContent('Seewalks fast toward a door.')
    await expect.element(card).toMatchTextContent('Speech device (AAC)')
    await expect.element(page.getByText(`Goals of ${school.students.am}`)).toBeVisible()
    // the name is on the page, and never in the window's title
    expect(document.title).not.toContain('Amari')
    expect(await axeFindings()).toEqual([])
    delete document.documentElement.dataset['theme']
  })

  test('a card that was published anew takes the place of the old one', async () => {
    const school = smallSchool()
    const hand = await school.open('dana')
    const card = school.server.rows.find(
      ({ envelope }) => envelope.kind === 'students.safety' && envelope.student === school.students.am,
    )
    hand.device.capture({
      kind: 'students.safety',
      body: { ...card?.envelope.body, supervision: 'SV3', exceptions: [] } as never,
      student: school.students.am,
      refs: { base: card?.envelope.id ?? '' },
    })
    await open(hand, school.students.am)
    await expect.element(page.getByRole('heading', { name: 'Close by' })).toBeVisible()
    await expect.element(page.getByText('Line of sight')).not.toBeInTheDocument()
  })

  test('somebody else’s student is nobody here', async () => {
    const school = smallSchool()
    const hand = await school.open('maya', { me: (me) => ({ ...me, students: me.students.slice(1) }) })
    await open(hand, school.students.am)
    await expect.element(page.getByText('Nobody is here')).toBeVisible()
    expect(document.body.textContent).not.toContain('Amari')
  })
})
