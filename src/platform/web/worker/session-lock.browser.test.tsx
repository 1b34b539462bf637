import { expect, test, vi } from 'vitest'
import { show } from '../kit/testing.tsx'
import { SESSION_LOCK, unlessSessionRuns, useSessionRunning } from './session-lock.ts'

function Pad({ running }: { running: boolean }) {
  useSessionRunning(running)
  return <p>pad</p>
}

const holders = async () =>
  (await navigator.locks.query()).held?.filter(({ name }) => name === SESSION_LOCK).length ?? 0

test('while a session runs anywhere on the device, nothing takes over; afterwards it may', async () => {
  const takeOver = vi.fn(() => Promise.resolve())
  await show(
    <>
      <Pad running />
      <Pad running />
    </>,
  )
  await expect.poll(holders).toBe(2)
  expect(await unlessSessionRuns(takeOver)).toBe(false)
  expect(takeOver).not.toHaveBeenCalled()
})

test('the end of a screen ends its hold', async () => {
  const takeOver = vi.fn(() => Promise.resolve())
  // the pads of the test before are gone with their page
  await expect.poll(holders).toBe(0)
  await show(<Pad running={false} />)
  expect(await unlessSessionRuns(takeOver)).toBe(true)
  expect(takeOver).toHaveBeenCalledTimes(1)
})

test('no session begins while a new version takes over', async () => {
  const taking = Promise.withResolvers<void>()
  const over = unlessSessionRuns(() => taking.promise)
  await show(<Pad running />)
  await expect.poll(async () => (await navigator.locks.query()).pending?.length).toBe(1)
  expect((await navigator.locks.query()).held?.map(({ mode }) => mode)).toEqual(['exclusive'])
  taking.resolve()
  expect(await over).toBe(true)
  await expect.poll(holders).toBe(1)
})
