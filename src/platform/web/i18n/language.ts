/**
 * The languages of the product and the one this device speaks. English is the source; every other language is
 * complete from the first string (the build fails on a missing translation). To add words: write them with the
 * Lingui macros, run `npx lingui extract`, and fill the new entries of locales/es.po.
 */
import { i18n, type Messages } from '@lingui/core'
import { preferences, setPreferences } from '../theme/preferences.ts'

interface Language {
  /** Its own name, as its readers write it. */
  readonly name: string
  readonly dir: 'ltr' | 'rtl'
  readonly load: () => Promise<{ messages: Messages }>
}

export const LANGUAGES = {
  en: { name: 'English', dir: 'ltr', load: () => import('../../../../locales/en.po') },
  es: { name: 'Español', dir: 'ltr', load: () => import('../../../../locales/es.po') },
} as const satisfies Record<string, Language>

export type LanguageCode = keyof typeof LANGUAGES

const isLanguage = (code: string): code is LanguageCode => code in LANGUAGES

/** The chosen language of this device, else the first of the browser's that we speak, else English. */
export function deviceLanguage(): LanguageCode {
  const chosen = preferences().language
  if (chosen !== undefined && isLanguage(chosen)) return chosen
  for (const tag of navigator.languages) {
    const code = tag.split('-')[0]?.toLowerCase() ?? ''
    if (isLanguage(code)) return code
  }
  return 'en'
}

/** Loads a language's words and makes the page speak it. */
export async function speak(code: LanguageCode): Promise<void> {
  const { messages } = await LANGUAGES[code].load()
  i18n.loadAndActivate({ locale: code, messages })
  document.documentElement.lang = code
  document.documentElement.dir = LANGUAGES[code].dir
}

/** Speaks a language and remembers it on this device. */
export async function chooseLanguage(code: LanguageCode): Promise<void> {
  await speak(code)
  setPreferences({ language: code })
}
