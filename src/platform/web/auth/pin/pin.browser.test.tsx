/** The tiles and the keypad of a shared tablet in a real browser, and the lock of one that is left alone; the server is a script. */
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, show } from '../../kit/testing.tsx'
import { watch, type Watched } from '../idle.ts'
import { share } from '../share.ts'
import { isLeftAlone, isShared } from '../shared.ts'
import { Keypad } from './Keypad.tsx'
import Tiles from './Tiles.tsx'

const MAYA = '01900000-0000-7000-8000-0000000000a1'
const DANA = '01900000-0000-7000-8000-0000000000a2'
const MINUTE = 60_000

/** What the scripted server holds and was told. */
let server: {
  up: boolean
  people: string[]
  pin: string
  asked: string[]
  told: { url: string; body: string }[]
}

beforeEach(async () => {
  server = { up: true, people: [DANA, MAYA], pin: '480193', asked: [], told: [] }
  localStorage.clear()
  vi.stubGlobal('fetch', answer)
  await page.viewport(390, 844)
})

function answer(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  if (!server.up) return Promise.reject(new TypeError('Failed to fetch'))
  const url = String(input)
  server.asked.push(url)
  if (url === '/api/pins') {
    const names: Record<string, string> = { [MAYA]: 'Maya Ortiz', [DANA]: 'Dana Reyes' }
    const people = server.people.map((id) => ({ id, name: names[id], initials: 'XY' }))
    return Promise.resolve(Response.json({ people, left: people.length > 0 ? 60 * MINUTE : 0 }))
  }
  const body = String(init.body)
  server.told.push({ url, body })
  const { pin } = JSON.parse(body) as { pin: string }
  if (pin === server.pin) return Promise.resolve(Response.json({ ok: true }))
  const refused = { type: 'x', title: 'no', status: 401, code: 'pin.refused' }
  return Promise.resolve(Response.json(refused, { status: 401 }))
}

async function tiles(over: { onOthers?: () => void } = {}) {
  const onSignedIn = vi.fn(() => Promise.resolve())
  const onOthers = over.onOthers ?? vi.fn()
  await show(<Tiles onSignedIn={onSignedIn} onOthers={onOthers} />)
  return { onSignedIn, onOthers }
}

const tile = (name: string) => page.getByRole('button', { name })
const key = (name: string) => page.getByRole('button', { name, exact: true })

describe('AW-1 the tiles of a shared tablet', () => {
  test('a tap on one’s own, six digits by thumb, and one is in', async () => {
    const { onSignedIn } = await tiles()
    await expect.element(tile('Dana Reyes')).toBeVisible()
    await tile('Maya Ortiz').click()
    await expect.element(page.getByRole('heading', { name: 'Maya Ortiz' })).toBeVisible()
    for (const digit of '480193') await key(digit).click()
    await expect.poll(() => onSignedIn.mock.calls.length).toBe(1)
    // in the body, and in no address
    expect(server.told).toEqual([
      { url: '/api/pins/enter', body: JSON.stringify({ person: MAYA, pin: '480193' }) },
    ])
    expect(location.href).not.toContain('480193')
  })

  test('by the keyboard alone: a wrong one is said, a digit is taken back, the right one is in', async () => {
    const { onSignedIn } = await tiles()
    await expect.element(tile('Dana Reyes')).toBeVisible()
    await userEvent.keyboard('{Tab}{Tab}{Enter}')
    await expect.element(page.getByRole('group', { name: 'Your PIN for today' })).toHaveFocus()
    await userEvent.keyboard('480194')
    await expect.element(page.getByText(/This PIN opens nothing here/)).toBeVisible()
    await expect.element(page.getByText('0 of 6 digits')).toBeInTheDocument()
    await userEvent.keyboard('4802{Backspace}')
    await expect.element(page.getByText('3 of 6 digits')).toBeInTheDocument()
    await userEvent.keyboard('193')
    await expect.poll(() => onSignedIn.mock.calls.length).toBe(1)
  })

  test('the keys stay where they are when something is said, and are 56 pixels and more', async () => {
    await tiles()
    await tile('Maya Ortiz').click()
    await expect.element(key('5')).toBeVisible()
    const before = key('5').element().getBoundingClientRect()
    expect(Math.min(before.width, before.height)).toBeGreaterThanOrEqual(56)
    await userEvent.keyboard('111111')
    await expect.element(page.getByText(/This PIN opens nothing here/)).toBeVisible()
    expect(key('5').element().getBoundingClientRect().top).toBe(before.top)
  })

  test('a PIN that is gone takes its tile with it, and the password is asked', async () => {
    await tiles()
    await tile('Maya Ortiz').click()
    await expect.element(key('1')).toBeVisible()
    server.people = [DANA]
    await userEvent.keyboard('111111')
    await expect.element(page.getByText(/does not hold any more/)).toBeVisible()
    expect(tile('Maya Ortiz').elements()).toEqual([])
  })

  test('nobody with a PIN here any more, or no server: the way in is the password', async () => {
    share(60 * MINUTE)
    server.people = []
    const first = await tiles()
    await expect.poll(() => vi.mocked(first.onOthers).mock.calls.length).toBe(1)
    expect(isShared()).toBe(false)
    server.up = false
    const second = await tiles()
    await expect.poll(() => vi.mocked(second.onOthers).mock.calls.length).toBe(1)
  })

  test.each(['light', 'dark'])('axe finds nothing on the tiles and on the keypad, in %s', async (theme) => {
    document.documentElement.dataset['theme'] = theme
    onTestFinished(() => void delete document.documentElement.dataset['theme'])
    await tiles()
    await expect.element(tile('Dana Reyes')).toBeVisible()
    expect(await axeFindings()).toEqual([])
    await tile('Maya Ortiz').click()
    await expect.element(key('5')).toBeVisible()
    await userEvent.keyboard('111111')
    await expect.element(page.getByText(/This PIN opens nothing here/)).toBeVisible()
    expect(await axeFindings()).toEqual([])
  })

  test('a browser is offered nothing to keep: the keypad has no field', async () => {
    await show(<Keypad label="PIN" busy={false} onPin={() => {}} />)
    await expect.element(key('5')).toBeVisible()
    expect(document.querySelectorAll('input, textarea, [contenteditable]')).toHaveLength(0)
  })
})

describe('a shared tablet that is left alone', () => {
  const device = (over: Partial<Watched['device']> = {}): Watched['device'] => ({
    isInFlight: () => false,
    outbox: () => [],
    ...over,
  })
  const start = (over: Partial<Watched> = {}) => {
    const leave = vi.fn(() => Promise.resolve())
    const onFree = vi.fn()
    onTestFinished(watch({ person: MAYA, device: device(), leave, onFree, ...over }))
    return { leave, onFree }
  }
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date', 'setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    share(60 * MINUTE)
  })

  test('locks after ten minutes without a touch, not before, and a touch begins them anew', async () => {
    const { leave } = start()
    await vi.advanceTimersByTimeAsync(9 * MINUTE)
    await userEvent.click(document.body)
    await vi.advanceTimersByTimeAsync(9 * MINUTE)
    expect(leave).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(MINUTE + 15_000)
    await vi.waitFor(() => expect(leave).toHaveBeenCalledTimes(1))
    // nobody is sent away twice
    await vi.advanceTimersByTimeAsync(MINUTE)
    expect(leave).toHaveBeenCalledTimes(1)
  })

  test('whoever touches it after that comes too late, and a page that is opened then shows nothing first', async () => {
    vi.setSystemTime(Date.now() + 11 * MINUTE)
    expect(isLeftAlone()).toBe(true)
    const { leave, onFree } = start()
    await userEvent.click(document.body)
    await vi.waitFor(() => expect(leave).toHaveBeenCalled())
    expect(onFree).not.toHaveBeenCalled()
  })

  test.each<[string, () => Partial<Watched>]>([
    ['without a network: they could not come back', () => ((server.up = false), {})],
    ['who has no PIN here', () => ((server.people = [DANA]), {})],
    ['in flight mode', () => ({ device: device({ isInFlight: () => true }) })],
  ])('F9 locks nobody out: not %s', async (_why, given) => {
    vi.setSystemTime(Date.now() + 11 * MINUTE)
    const { leave, onFree } = start(given())
    await vi.waitFor(() => expect(onFree).toHaveBeenCalled())
    expect(leave).not.toHaveBeenCalled()
  })

  test('asks nothing of the server on a device of one’s own', async () => {
    localStorage.clear()
    const { onFree } = start()
    await vi.advanceTimersByTimeAsync(30 * MINUTE)
    await vi.waitFor(() => expect(onFree).toHaveBeenCalled())
    expect(server.asked).toEqual([])
  })
})
