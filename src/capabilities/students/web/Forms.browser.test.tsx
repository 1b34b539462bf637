/** The forms of owners whose fields are no plain text: the name as it is said, and the health card. */
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { useState } from 'react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { Me } from '../../schedule/model.ts'
import { ProfileBody } from '../records.ts'

// as the screens are loaded: with the words that come with them
const { NameRecorder } = await import('./NameRecorder.tsx')
const { default: Publish } = await import('./Publish.tsx')

type Sound = NonNullable<ProfileBody['sound']>
const button = (name: string) => page.getByRole('button', { name })

/** A device whose microphone hears a tone; null: one without a microphone. */
function microphone(tone: number | null) {
  const before = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  let stream: MediaStream | null = null
  let context: AudioContext | null = null
  navigator.mediaDevices.getUserMedia = async () => {
    if (tone === null) throw new DOMException('no device', 'NotFoundError')
    const opened = new AudioContext()
    context = opened
    const oscillator = new OscillatorNode(opened, { frequency: tone })
    const out = opened.createMediaStreamDestination()
    oscillator.connect(out)
    oscillator.start()
    await opened.resume()
    onTestFinished(() => opened.close())
    stream = out.stream
    return stream
  }
  onTestFinished(() => {
    navigator.mediaDevices.getUserMedia = before
  })
  return {
    /** Seconds of tone. */
    heard: () => context?.currentTime ?? 0,
    stopped: () => stream?.getTracks().every(({ readyState }) => readyState === 'ended') === true,
  }
}

async function openRecorder(): Promise<{ readonly sound: () => Sound | undefined }> {
  let sound: Sound | undefined
  function Held() {
    const [value, setValue] = useState<Sound>()
    return (
      <NameRecorder
        sound={value}
        onChange={(next) => {
          sound = next
          setValue(next)
        }}
      />
    )
  }
  const hand = await smallSchool().open('dana')
  await show(
    <Screen hand={hand}>
      <h1>About the student</h1>
      <Held />
    </Screen>,
  )
  return { sound: () => sound }
}

test('the name is recorded, small enough for every device; the microphone is let go, and it can be taken away', async () => {
  const { heard, stopped } = microphone(440)
  const { sound } = await openRecorder()
  await button('Record the name').click()
  const stop = button('Stop')
  await expect.element(stop).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await vi.waitFor(() => expect(heard()).toBeGreaterThan(0.2))
  await stop.click()
  await expect.element(button('Record the name again')).toBeVisible()
  const made = sound()
  expect(ProfileBody.shape.sound.safeParse(made).success).toBe(true)
  expect(made?.type).toBe('audio/webm')
  // a WebM file begins with the mark of EBML (RFC 8794)
  expect(Array.from(atob(made?.data ?? '').slice(0, 4), (one) => one.charCodeAt(0))).toEqual([
    0x1a, 0x45, 0xdf, 0xa3,
  ])
  expect(stopped()).toBe(true)
  expect(await axeFindings()).toEqual([])
  await button('Remove the recording').click()
  await expect.element(button('Record the name')).toBeVisible()
  expect(sound()).toBeUndefined()
})

test('without a microphone the spelling is enough, and nothing else is lost', async () => {
  microphone(null)
  const { sound } = await openRecorder()
  await button('Record the name').click()
  await expect
    .element(page.getByText('This device gives no microphone. The spelling is enough.'))
    .toBeVisible()
  await expect.element(button('Record the name')).toBeVisible()
  expect(sound()).toBeUndefined()
})

test('the nurse writes five lines a plan, each condition once, and it runs out in a year unless another day is said', async () => {
  const school = smallSchool()
  const nurse = await school.open('dana', {
    me: (me: Me) => ({
      ...me,
      roles: ['nurse'],
      students: me.students.map((one) => ({ ...one, role: 'nurse' })),
    }),
  })
  const root = createRootRoute()
  const router = createRouter({
    routeTree: root.addChildren([
      createRoute({ getParentRoute: () => root, path: '/students/$student/publish', component: Publish }),
      createRoute({
        getParentRoute: () => root,
        path: '/students/$student',
        component: () => <h1>Amari</h1>,
      }),
    ]),
    history: createMemoryHistory({ initialEntries: [`/students/${school.students.am}/publish`] }),
  })
  await show(
    <Screen hand={nurse}>
      <RouterProvider router={router} />
    </Screen>,
  )
  await button('Another plan').click()
  const seizure = page.getByRole('group', { name: 'Seizure' })
  await expect.element(seizure).toBeVisible()
  const LINES = {
    see: 'Stares without answer.',
    do: 'Start the timer.',
    call: '911 at 5 minutes.',
    dont: 'Put anything in the mouth.',
    kit: 'Bag on the chair.',
  }
  const fields = seizure.getByRole('textbox')
  for (const [n, line] of Object.values(LINES).entries()) await fields.nth(n).fill(line)
  // a second plan offers what the first one is not
  await button('Another plan').click()
  await expect.element(page.getByRole('group', { name: 'Severe allergy' })).toBeVisible()
  await page
    .getByRole('group', { name: 'Severe allergy' })
    .getByRole('button', { name: /Condition/ })
    .click()
  const options = page.getByRole('option').elements()
  expect(options.map(({ textContent }) => textContent)).not.toContain('Seizure')
  await page.getByRole('option', { name: 'Asthma' }).click()
  await expect.element(page.getByRole('group', { name: 'Asthma' })).toBeVisible()
  await vi.waitFor(async () => expect(await axeFindings()).toEqual([]))
  await button('Take Asthma out').click()
  await expect.element(page.getByRole('group', { name: 'Asthma' })).not.toBeInTheDocument()
  await button('Publish').click()
  await nurse.sync()
  const made = school.server.rows.findLast(({ envelope }) => envelope.kind === 'students.health')?.envelope
  // November 3, 2026 and 365 days
  expect(made?.body).toEqual({
    plans: [{ condition: 'seizure', ...LINES, valid_until: '2027-11-03' }],
  })
})
