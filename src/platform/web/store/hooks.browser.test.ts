import { Dexie } from 'dexie'
import { createElement, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, it } from 'vitest'
import { uuidv7 } from '../../core/ids.ts'
import { FakeServer, grantFor } from '../sync/fake-server.ts'
import { openDevice, type Device } from './device.ts'
import { DeviceContext, useStates, useSyncStatus, useUnsent, useValue, useView } from './hooks.ts'
import { useNow } from './now.ts'
import {
  AMARI,
  BELLA,
  countView,
  DISTRICT,
  handClock,
  partitionOf,
  registry,
  SESSION,
  tapOf,
} from './testing.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function shown(screen: () => ReactNode, over: Partial<Device> = {}) {
  const server = new FakeServer()
  server.grants = [grantFor(AMARI), grantFor(BELLA)]
  const person = uuidv7(Date.now())
  const clock = handClock()
  const device = await openDevice({
    district: DISTRICT,
    person,
    tz: 'America/Chicago',
    registry,
    clock,
    fetch: server.fetch,
    baseUrl: 'http://school.test',
    openStream: null,
    elect: () => ({ stop: () => {} }),
  })
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  root.render(createElement(DeviceContext, { value: { ...device, ...over } }, createElement(screen)))
  cleanups.push(
    () => Dexie.delete(`handrail-${DISTRICT}-${person}`),
    () => device.close(),
    () => root.unmount(),
  )
  return { device, clock, text: () => place.textContent }
}

it('a tap is on the screen at once and renders the row it touched and no other', async () => {
  const renders = { [AMARI]: 0, [BELLA]: 0 }
  const Row = ({ student }: { student: keyof typeof renders }) => {
    renders[student] = (renders[student] ?? 0) + 1
    const state = useView(countView, partitionOf(student, SESSION))
    return createElement('p', null, `${state?.taps ?? 'none'};`)
  }
  const screen = () =>
    createElement('div', null, createElement(Row, { student: AMARI }), createElement(Row, { student: BELLA }))
  const { device, text } = await shown(screen)
  await expect.poll(text).toBe('none;none;')
  const others = renders[BELLA]
  device.capture(tapOf(1))
  device.capture(tapOf(2))
  await expect.poll(text).toBe('2;none;')
  expect(renders[BELLA]).toBe(others)
})

it('lists, documents and the count of the unsent follow', async () => {
  const Screen = () => {
    const states = useStates(countView, AMARI)
    const { unsent } = useSyncStatus()
    const first = useUnsent()[0]
    const me = useValue('me')
    return createElement(
      'p',
      null,
      JSON.stringify([states.map(({ state }) => state.taps), unsent, first?.state, me]),
    )
  }
  const { device, text } = await shown(Screen)
  await expect.poll(text).toBe('[[],0,null,null]')
  await device.capture(tapOf(1)).kept
  await device.setValue('me', { name: 'A' })
  await expect.poll(text).toBe('[[1],1,"kept",{"name":"A"}]')
})

it('a second of the clock waits where a tap is about to be told, and no longer', async () => {
  let isAboutToTell = true
  const Screen = () => createElement('p', null, useNow(1000))
  const { clock, text } = await shown(Screen, { isAboutToTell: () => isAboutToTell })
  await expect.poll(text).not.toBe('')
  const before = text()
  clock.advance(5000)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(text()).toBe(before)
  isAboutToTell = false
  await expect.poll(text, { timeout: 5000 }).toBe(`${Number(before) + 5000}`)
})
