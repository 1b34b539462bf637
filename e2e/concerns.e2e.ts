/**
 * What was marked for the nurse, through a real browser and a real server: the cough of B.K.'s lunch of October 21 in the
 * demo's year reaches the case manager, names nobody before it is opened, and is in the trail.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { personId } from '../src/demo/people.ts'
import { Device, LAPTOP, openHouse, type House } from './house.ts'
import { CASE_MANAGER, enter } from './steps.ts'

let house: House
let dana: Device
let laptop: Page

beforeAll(async () => {
  house = await openHouse()
  dana = new Device(house.url, LAPTOP)
  laptop = await dana.open()
  await enter(laptop, CASE_MANAGER)
})
afterAll(async () => {
  await dana.close()
  await house.close()
})

it('AW-16 G8 the case manager is led from Today to the inbox, opens what waits, and says that she has seen it', async () => {
  await laptop.goto(`${house.url}/today`)
  await laptop.getByRole('link', { name: '1 thing in your inbox waits for you' }).click()
  await laptop.getByRole('heading', { name: 'Marked during care' }).waitFor()
  expect(await laptop.getByRole('main').innerText()).not.toMatch(/B\.K\.|Bella|Cough|Lunch/)
  await laptop.getByRole('button', { name: 'Open' }).click()
  const sheet = laptop.getByRole('dialog', { name: 'Marked during care' })
  await sheet.getByText('Cough').waitFor()
  expect(await sheet.innerText()).toMatch(/B\.K\..*Cough.*Oct 21, 11:47 AM · Lunch/s)
  expect(await laptop.title()).not.toMatch(/B\.K\.|Cough/)
  await sheet.getByRole('button', { name: 'I have seen it' }).click()
  await laptop.getByText('Nothing waits here').waitFor()
  await laptop.getByText('Settled', { exact: true }).click()
  await laptop.getByText(/^Dana Reyes has seen it/).waitFor()
  const { rows } = await house.owner.query(
    `select distinct actor, action from audit where action in ('care.concern.open', 'care.concern.seen') order by action`,
  )
  expect(rows).toEqual([
    { actor: personId('dana'), action: 'care.concern.open' },
    { actor: personId('dana'), action: 'care.concern.seen' },
  ])
})
