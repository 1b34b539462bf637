import { i18n } from '@lingui/core'
import { expect, test } from 'vitest'
import { speak, speakAtDesk } from './language.ts'
import { messages as atHand } from '../../../../locales/es.po'
import { messages as atDesk } from '../../../../locales/es.po?desk?lingui'

const known = () => Object.keys(i18n.messages)

test('the words of a desk come when they are asked for, and with every language that is chosen later', async () => {
  const ofDesk = Object.keys(atDesk)
  expect(ofDesk.length).toBeGreaterThan(100)
  expect(Object.keys(atHand).filter((id) => id in atDesk)).toEqual([])
  await speak('en')
  expect(known().filter((id) => id in atDesk)).toEqual([])
  await speakAtDesk()
  expect(known()).toEqual(expect.arrayContaining(ofDesk))
  await speak('es')
  expect(i18n.messages).toEqual({ ...atHand, ...atDesk })
})

test('the language that is chosen last is spoken, however long its words take', async () => {
  await Promise.all([speak('es'), speak('en'), speakAtDesk()])
  expect(document.documentElement.lang).toBe('en')
  expect(i18n.locale).toBe('en')
})
