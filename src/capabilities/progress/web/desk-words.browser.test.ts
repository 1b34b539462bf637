import { i18n } from '@lingui/core'
import { expect, test } from 'vitest'
import { speak } from '../../../platform/web/i18n/language.ts'
import { messages as atDesk } from '../../../../locales/es.po?desk?lingui'

test('the words of a desk are here before a part of its screens runs', async () => {
  await speak('es')
  const ids = Object.keys(atDesk)
  expect(ids.filter((id) => id in i18n.messages)).toEqual([])
  await import('./StandingWords.tsx')
  expect(ids.filter((id) => !(id in i18n.messages))).toEqual([])
}, 60_000)
