import { expect, it } from 'vitest'
import { focusOn, wordsOfFocus } from './focus.ts'

const focus = (en: string, from: string, to: string, school = 'elm') => ({ school, from, to, words: { en } })
const month = focus('Show respect', '2026-11-01', '2026-11-30')
const week = focus('Hands to oneself', '2026-11-02', '2026-11-06')
const day = focus('Listen first', '2026-11-03', '2026-11-03')

it('AW-1 the focus of a day is that of the shortest time that holds on it', () => {
  const list = [day, month, week]
  expect(focusOn(list, '2026-11-03')).toEqual([day])
  expect(focusOn(list, '2026-11-04')).toEqual([week])
  expect(focusOn(list, '2026-11-06')).toEqual([week])
  expect(focusOn(list, '2026-11-07')).toEqual([month])
  expect(focusOn(list, '2026-12-01')).toEqual([])
})

it('takes the one that was said last of two of the same days, and one for each school', () => {
  const again = focus('Show respect to all', '2026-11-01', '2026-11-30')
  const other = focus('Be on time', '2026-11-01', '2026-11-30', 'lea')
  expect(focusOn([month, again, other], '2026-11-03')).toEqual([again, other])
})

it('is said in the reader’s language, or in English', () => {
  const both = { ...month, words: { en: 'Show respect', es: 'Muestra respeto' } }
  expect(wordsOfFocus(both, 'es')).toEqual({ text: 'Muestra respeto', lang: 'es' })
  expect(wordsOfFocus(both, 'pt')).toEqual({ text: 'Show respect', lang: 'en' })
})
