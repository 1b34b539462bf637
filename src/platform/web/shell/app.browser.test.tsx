/** The app from the door to the list of unsent records, in a real browser with a real device store; only the server is a script. */
import { i18n } from '@lingui/core'
import { House, Users } from 'lucide-react'
import { createRoot } from 'react-dom/client'
import { beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { z } from 'zod'
import { digestOf } from '../../core/canonical.ts'
import { uuidv7 } from '../../core/ids.ts'
import type { Envelope } from '../../records/envelope.ts'
import { createRegistry } from '../../records/registry.ts'
import { base64urlOf } from '../../records/sealed.ts'
import type { DeviceList, DeviceOpened } from '../../records/wire.ts'
import { writeLast } from '../auth/last.ts'
import { speak } from '../i18n/language.ts'
import { Button } from '../kit/Button.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { axeFindings } from '../kit/testing.tsx'
import type { ScreenRoute } from '../router/screen.ts'
import { useDevice } from '../store/hooks.ts'
import '../theme/base.css'
import { App, prepare } from './App.tsx'
import { Page } from './Page.tsx'
import type { WebApp } from './start.tsx'

const STUDENT = '01900000-0000-7000-8000-0000000000a1'
const MORNING = '2026-11-03T14:52:00.000Z'

const WRAP = base64urlOf(new Uint8Array(32).fill(7))
let districtKey: string
beforeAll(async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  districtKey = base64urlOf(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
})

/** What the scripted server holds and does. */
let server: {
  signedIn: boolean
  up: boolean
  /** Code with which it refuses every record. */
  refuses: string | null
  person: string
  records: Map<string, Envelope>
  /** What it says of this browser's earlier device, and of this person's devices. */
  lost: DeviceOpened['lost']
  devices: DeviceList['devices']
  /** Whether this person has a PIN on this browser. */
  hasPin: boolean
}

beforeEach(async () => {
  server = {
    signedIn: false,
    up: true,
    refuses: null,
    person: uuidv7(Date.now()),
    records: new Map(),
    lost: null,
    devices: [],
    hasPin: false,
  }
  vi.stubGlobal('fetch', answer)
  await page.viewport(390, 844)
  history.replaceState(null, '', '/')
  localStorage.clear()
  delete document.documentElement.dataset['theme']
  await writeLast(null)
})

function answer(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = new URL(String(input), location.href)
  if (!server.up) return Promise.reject(new TypeError('Failed to fetch'))
  const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
  const json = (value: unknown, status = 200) => Promise.resolve(Response.json(value, { status }))
  switch (url.pathname) {
    case '/api/demo': {
      const personas = [
        { id: 'para', name: 'Maya Ortiz', at: MORNING },
        { id: 'case-manager', name: 'Dana Reyes', at: MORNING },
      ]
      return json({ demo: true, district: 'Cedar Bend', tz: 'America/Chicago', personas })
    }
    case '/api/demo/sign-in':
      server.signedIn = true
      return json({ ok: true })
    case '/api/auth/sign-out':
      server.signedIn = false
      return json({})
    case '/api/time':
      return json({ now: Date.now(), offset: 0 })
    case '/api/pins': {
      const people = server.hasPin ? [{ id: server.person, name: 'Maya Ortiz', initials: 'MO' }] : []
      return json({ people, left: 3_600_000 * people.length })
    }
  }
  if (!server.signedIn)
    return json({ code: 'session.missing', title: 'Sign in first.', status: 401, type: 'x' }, 401)
  switch (url.pathname) {
    case '/api/me':
      return json({
        person: { id: server.person, name: 'Maya Ortiz', initials: 'M.O.' },
        district: {
          id: '01900000-0000-7000-8000-000000000002',
          name: 'Cedar Bend',
          demo: true,
          tz: 'America/Chicago',
          clockOffsetMs: 0,
        },
        roles: ['para'],
        students: [{ id: STUDENT, initials: 'A.M.', color: 1 }],
      })
    case '/api/devices':
      if (init.method === 'POST')
        return json({ wrap: WRAP, seal: { key: STUDENT, publicKey: districtKey }, lost: server.lost })
      return json({ devices: server.devices })
    case '/api/feed': {
      const epoch = '01900000-0000-7000-8000-00000000000e'
      return json({
        epoch,
        head: 0,
        now: Date.now(),
        grants: [],
        records: [],
        next: 'c',
        more: false,
        safe_pos: 0,
      })
    }
    case '/api/records': {
      const { records } = z.object({ records: z.array(z.any()) }).parse(body) as { records: Envelope[] }
      const acks = records.map((record) => {
        if (server.refuses) return { id: record.id, status: 'refused', code: server.refuses }
        server.records.set(record.id, record)
        return { id: record.id, status: 'accepted', digest: digestOf(record), received: Date.now() }
      })
      return json({ acks, now: Date.now(), high: {} })
    }
  }
  const signOut = /^\/api\/devices\/([\w-]+)\/sign-out$/.exec(url.pathname)
  if (signOut) {
    server.devices = server.devices.map((one) => (one.device === signOut[1] ? { ...one, revoked: 1 } : one))
    return json({ devices: server.devices })
  }
  return json({ code: 'request.not_found', title: 'Nothing is here.', status: 404, type: 'x' }, 404)
}

function Today() {
  const device = useDevice()
  return (
    <Page>
      <PageHeader title="Tuesday" />
      <Button onClick={() => device.capture({ kind: 'test.tap', body: {}, student: STUDENT, refs: {} })}>
        +1
      </Button>
    </Page>
  )
}

function Students() {
  return (
    <Page>
      <PageHeader title="My students" back="/today" />
    </Page>
  )
}

const screen = (
  path: `/${string}`,
  title: string,
  order: number,
  component: () => React.ReactNode,
): ScreenRoute => ({
  path,
  title: { id: title, message: title },
  icon: order === 10 ? House : Users,
  place: 'tab',
  order,
  load: () => Promise.resolve({ default: component }),
})

const app: WebApp = {
  registry: Promise.resolve(
    createRegistry(
      [
        {
          kind: 'test.tap',
          v: 1,
          bodies: { 1: z.strictObject({}) },
          refs: [],
          scope: 'student',
          tier: 'T1',
          action: 'create',
          standing: false,
          partition: () => 'taps',
        },
      ],
      [],
    ),
  ),
  capabilities: [
    {
      screens: [
        screen('/today', 'Today', 10, Today),
        screen('/students', 'Students', 20, Students),
        { ...screen('/caseload', 'Caseload', 5, Students), roles: ['case_manager'] },
      ],
      kindNames: { 'test.tap': { id: 'Tap', message: 'Tap' } },
    },
  ],
}

/** A freshly loaded page. Returns what closes it. */
async function load(): Promise<() => void> {
  await speak('en')
  const place = document.createElement('div')
  document.body.append(place)
  const root = createRoot(place)
  root.render(<App made={prepare(app)} i18n={i18n} />)
  const close = () => {
    root.unmount()
    place.remove()
  }
  onTestFinished(close)
  return close
}

const enter = async () => {
  const close = await load()
  await page.getByRole('button', { name: /^Be a para, Tuesday 8:52/ }).click()
  await expect.element(page.getByRole('heading', { name: 'Tuesday' })).toBeVisible()
  return close
}

/** The chip of this width; the other one is not displayed. */
const chip = (words: string) => page.getByRole('link', { name: `${words} , open the list` })

test.each(['light', 'dark'])('axe finds nothing on the page of a newcomer, in %s', async (theme) => {
  document.documentElement.dataset['theme'] = theme
  await load()
  await expect.element(page.getByRole('button', { name: /^Be the case manager/ })).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await page.getByRole('button', { name: 'Sign in with an account' }).click()
  await expect.element(page.getByLabelText('Password')).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('one press lands a newcomer on the first place of their role, with the places of that role', async () => {
  await enter()
  expect(location.pathname).toBe('/today')
  expect(document.title).toBe('Today · Handrail')
  await expect.element(chip('With the team')).toBeVisible()
  const places = [...document.querySelectorAll('nav a[href]')].map((link) => link.getAttribute('href'))
  expect(places).toEqual(expect.arrayContaining(['/today', '/students', '/more']))
  expect(places).not.toContain('/caseload')
})

test('a move to another screen is said: title and focus follow; the way back is there', async () => {
  await enter()
  await page.getByRole('link', { name: 'Students', exact: true }).click()
  await expect.element(page.getByRole('heading', { name: 'My students' })).toHaveFocus()
  expect(document.title).toBe('Students · Handrail')
  await page.getByRole('link', { name: 'Back' }).click()
  await expect.element(page.getByRole('heading', { name: 'Tuesday' })).toHaveFocus()
})

test('the first Tab offers to skip to the content', async () => {
  await enter()
  await userEvent.tab()
  await expect.element(page.getByRole('link', { name: 'Skip to the content' })).toHaveFocus()
})

test('a screen of another role and an address that is none look the same', async () => {
  await enter()
  for (const path of ['/caseload', '/nowhere']) {
    history.pushState(null, '', path)
    dispatchEvent(new PopStateEvent('popstate'))
    await expect.element(page.getByText('This address leads nowhere')).toBeVisible()
    await expect.poll(() => document.title).toBe('Nothing is here · Handrail')
  }
})

test('AW-30 an invitation that is opened where somebody is signed in is not spent, and says what to do', async () => {
  await enter()
  const asked = vi.fn(answer)
  vi.stubGlobal('fetch', asked)
  const unspent = async () => {
    await expect.element(page.getByText('Somebody is signed in here')).toBeVisible()
    await expect.element(page.getByText(/Sign out here first, then open the link again/)).toBeVisible()
    expect(document.title).toBe('Invitation · Handrail')
    expect(await axeFindings()).toEqual([])
    expect(
      asked.mock.calls.map(([input]) => String(input)).filter((path) => /invitations/.test(path)),
    ).toEqual([])
  }
  history.pushState(null, '', '/join#district.secret')
  dispatchEvent(new PopStateEvent('popstate'))
  await unspent()
  // the secret stays behind the number sign: for another device, or for later
  expect(location.hash).toBe('#district.secret')
  await page.getByRole('link', { name: 'Back' }).click()
  await expect.element(page.getByText('Somebody is signed in here')).not.toBeInTheDocument()
})

test('a tap without a network is kept and counted, and with the team once there is one', async () => {
  await enter()
  await expect.element(chip('With the team')).toBeVisible()
  server.up = false
  await page.getByRole('button', { name: '+1' }).click()
  await expect.element(chip('1 kept here')).toBeVisible()
  server.up = true
  dispatchEvent(new Event('online'))
  await expect.element(chip('With the team')).toBeVisible()
  expect([...server.records.values()].map(({ kind, student }) => [kind, student])).toEqual([
    ['test.tap', STUDENT],
  ])
})

test.each(['light', 'dark'])(
  'a refused record is listed with its reason and can be tried again, in %s',
  async (theme) => {
    document.documentElement.dataset['theme'] = theme
    await enter()
    server.refuses = 'record.not_permitted'
    await page.getByRole('button', { name: '+1' }).click()
    await page
      .getByRole('link', { name: '1 needs you , open the list' })

      .first()
      .click()
    await expect.element(page.getByRole('heading', { name: '1 record needs you' })).toBeVisible()
    await expect.element(page.getByText('Tap', { exact: true })).toBeVisible()
    await expect.element(page.getByText(/By the schedule you were not with this student then/)).toBeVisible()
    await expect.element(page.getByText('A.M.', { exact: true })).toBeVisible()
    expect(document.title).toBe('Not yet with the team · Handrail')
    expect(await axeFindings()).toEqual([])
    server.refuses = null
    await page.getByRole('button', { name: 'Try again , Tap' }).click()
    await expect.element(page.getByText('Everything is with the team')).toBeVisible()
    expect(server.records.size).toBe(1)
  },
)

test('an ended session keeps the work and says what to do', async () => {
  await enter()
  await expect.element(chip('With the team')).toBeVisible()
  server.signedIn = false
  await page.getByRole('button', { name: '+1' }).click()
  await expect.element(chip('Sign in to send')).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Tuesday' })).toBeVisible()
})

test.each(['light', 'dark'])(
  'axe finds nothing on More; language, flight mode and sign-out work, in %s',
  async (theme) => {
    document.documentElement.dataset['theme'] = theme
    await enter()
    await page.getByRole('link', { name: 'More', exact: true }).click()
    await expect.element(page.getByRole('heading', { name: 'More', exact: true })).toBeVisible()
    expect(await axeFindings()).toEqual([])
    await page.getByRole('switch', { name: 'Flight mode' }).click()
    await expect
      .element(page.getByRole('switch', { name: 'Flight mode' }))
      .toHaveAttribute('aria-checked', 'true')
    await page.getByText('Español').click()
    await expect.element(page.getByRole('heading', { name: 'Más', exact: true })).toBeVisible()
    expect(document.documentElement.lang).toBe('es')
    expect(JSON.parse(localStorage.getItem('handrail.preferences') ?? '')).toEqual({ language: 'es' })
    await page.getByRole('button', { name: 'Cerrar sesión' }).click()
    await expect
      .element(page.getByRole('button', { name: /^Sea paraprofesional, martes 8:52/ }))
      .toBeVisible()
    expect(server.signedIn).toBe(false)
  },
)

test('who leaves with unsent records is told where they are', async () => {
  await enter()
  server.up = false
  await page.getByRole('button', { name: '+1' }).click()
  await page.getByRole('link', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect.element(page.getByRole('dialog').getByText(/^1 record is only on this device/)).toBeVisible()
  // it comes up softly
  await vi.waitFor(async () => expect(await axeFindings()).toEqual([]), { timeout: 5000 })
  await page.getByRole('button', { name: 'Sign out' }).last().click()
  await expect.element(page.getByText('The school’s server does not answer')).toBeVisible()
})

test('F10 a browser that keeps nothing is told so at the door', async () => {
  const open = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError')
  })
  onTestFinished(() => open.mockRestore())
  await load()
  await expect.element(page.getByRole('heading', { name: 'This browser cannot keep records' })).toBeVisible()
  expect(await axeFindings()).toEqual([])
})

test('F8 records that are gone for good are said on every screen until their person has taken note', async () => {
  const seen = Date.parse(MORNING)
  server.lost = { device: uuidv7(seen), label: 'Chrome, Android', records: 2, seen }
  await enter()
  const words = page.getByText(/^2 records made in this browser before its storage was cleared/)
  await expect.element(words).toBeVisible()
  await expect.element(page.getByText('It was Chrome, Android, last heard of Nov 3, 8:52 AM.')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await page.getByRole('link', { name: 'Students', exact: true }).click()
  await expect.element(words).toBeVisible()
  await page.getByRole('button', { name: 'I have taken note' }).click()
  await expect.element(words).not.toBeInTheDocument()
})

test('one’s devices are listed, and another one can be signed out from here', async () => {
  await enter()
  const other = uuidv7(1)
  const device = { label: 'Chrome, Android', opened: 0, seen: Date.parse(MORNING), missing: 3, revoked: null }
  server.devices = [{ ...device, device: other }]
  await page.getByRole('link', { name: 'More', exact: true }).click()
  await page.getByRole('link', { name: 'Your devices' }).click()
  await expect.element(page.getByText('3 records made on it have not arrived')).toBeVisible()
  expect(await axeFindings()).toEqual([])
  await page.getByRole('button', { name: /^Sign out from here/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect.element(page.getByText('signed out', { exact: true })).toBeVisible()
  expect(server.devices).toMatchObject([{ device: other, revoked: 1 }])
})

test('AW-1 a shared tablet that was left alone shows nothing of its person when it is opened, but their tile', async () => {
  const close = await enter()
  server.hasPin = true
  localStorage.setItem('handrail.shared', String(Date.now() + 3_600_000))
  localStorage.setItem('handrail.touched', String(Date.now() - 600_001))
  close()
  const seen: string[] = []
  const watching = new MutationObserver(() => seen.push(document.body.innerText))
  watching.observe(document.body, { childList: true, subtree: true })
  onTestFinished(() => watching.disconnect())
  await load()
  await expect.element(page.getByRole('heading', { name: 'Who is here?' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Maya Ortiz' })).toBeVisible()
  expect(seen.filter((text) => text.includes('Tuesday'))).toEqual([])
  expect(server.signedIn).toBe(false)
})

test('AW-1 who switches keeps their tile, who signs out takes it with them', async () => {
  const asked = vi.fn(answer)
  vi.stubGlobal('fetch', asked)
  const forgotten = () => asked.mock.calls.filter(([url]) => String(url) === '/api/pins/forget').length
  server.hasPin = true
  localStorage.setItem('handrail.shared', String(Date.now() + 3_600_000))
  for (const [button, times] of [
    ['Switch person', 0],
    ['Sign out', 1],
  ] as const) {
    const close = await load()
    await page.getByRole('button', { name: 'Somebody else' }).click()
    await page.getByRole('button', { name: /^Be a para, Tuesday 8:52/ }).click()
    await expect.element(page.getByRole('heading', { name: 'Tuesday' })).toBeVisible()
    await page.getByRole('link', { name: 'More' }).first().click()
    await page.getByRole('button', { name: button }).click()
    await expect.element(page.getByRole('heading', { name: 'Who is here?' })).toBeVisible()
    expect(forgotten()).toBe(times)
    close()
  }
})
