import { afterEach, beforeEach, expect, test } from 'vitest'
import { onPreferences, preferences, setPreferences } from './preferences.ts'
import './base.css'

const root = document.documentElement
const clear = () => setPreferences({ theme: undefined, contrast: undefined, language: undefined })

beforeEach(clear)
afterEach(clear)

/** What public/start.js does on a freshly loaded page, before anything is painted. */
async function loadPage(): Promise<void> {
  delete root.dataset['theme']
  delete root.dataset['contrast']
  const script = document.createElement('script')
  script.src = `/start.js?${Math.random()}`
  const loaded = new Promise((resolve) => script.addEventListener('load', resolve))
  document.head.append(script)
  await loaded
  script.remove()
}

const ground = () => getComputedStyle(root).backgroundColor

test('a chosen theme and contrast change the page at once, and are there before the next paint of a new page', async () => {
  setPreferences({ theme: 'light' })
  expect(ground()).toBe('rgb(246, 243, 238)')
  setPreferences({ theme: 'dark' })
  expect(ground()).toBe('rgb(20, 24, 27)')
  setPreferences({ contrast: 'more' })
  expect(ground()).toBe('rgb(0, 0, 0)')
  await loadPage()
  expect([root.dataset['theme'], root.dataset['contrast']]).toEqual(['dark', 'more'])
})

test('what is not chosen follows the system again', async () => {
  setPreferences({ theme: 'dark', contrast: 'more' })
  clear()
  expect(preferences()).toEqual({})
  await loadPage()
  expect([root.dataset['theme'], root.dataset['contrast']]).toEqual([undefined, undefined])
})

test('who shows the choices hears of a change', () => {
  let heard = 0
  const stop = onPreferences(() => heard++)
  setPreferences({ theme: 'dark' })
  stop()
  setPreferences({ theme: 'light' })
  expect(heard).toBe(1)
})

test('a storage that holds something else does not stop the page', async () => {
  localStorage.setItem('handrail.preferences', '{"theme":"<purple>"')
  await loadPage()
  expect(root.dataset['theme']).toBeUndefined()
})

test('parsers are told not to compile code, which the content security policy would refuse', async () => {
  await loadPage()
  expect(Reflect.get(globalThis, '__zod_globalConfig')).toEqual({ jitless: true })
})
