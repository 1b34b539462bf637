import { i18n } from '@lingui/core'
import { expect, test } from 'vitest'
import { speak } from './platform/web/i18n/language.ts'
import { messages as atDesk } from '../locales/es.po?desk?lingui'

test('the words of a desk are here once a part of its screens is', async () => {
  await speak('es')
  const ids = Object.keys(atDesk)
  expect(ids.filter((id) => id in i18n.messages)).toEqual([])
  await import('./capabilities/progress/web/StandingWords.tsx')
  expect(ids.filter((id) => !(id in i18n.messages))).toEqual([])
}, 60_000)
