/**
 * The languages of the product and the one this device speaks. English is the source; every other language is
 * complete from the first string (the build fails on a missing translation). To add words: write them with the
 * Lingui macros, run `npx lingui extract`, and fill the new entries of locales/es.po. The words of screens that are
 * opened at a desk come with these screens (src/word-parts.ts).
 */
import { i18n, type Messages } from '@lingui/core'
import { preferences, setPreferences } from '../theme/preferences.ts'

interface Language {
  /** Its own name, as its readers write it. */
  readonly name: string
  readonly dir: 'ltr' | 'rtl'
  /** The words that every phone needs first. */
  readonly load: Load
  /** The others. */
  readonly desk: Load
}

type Load = () => Promise<{ readonly messages: Messages }>

export const LANGUAGES = {
  en: {
    name: 'English',
    dir: 'ltr',
    load: () => import('../../../../locales/en.po'),
    desk: () => import('../../../../locales/en.po?desk?lingui'),
  },
  es: {
    name: 'Español',
    dir: 'ltr',
    load: () => import('../../../../locales/es.po'),
    desk: () => import('../../../../locales/es.po?desk?lingui'),
  },
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

let wanted: LanguageCode | null = null
let isAtDesk = false
let turn: Promise<void> = Promise.resolve()

/** Loads a language's words and makes the page speak it. */
export function speak(code: LanguageCode): Promise<void> {
  wanted = code
  return inTurn()
}

/** What is opened at a desk, once its words are here too. The build puts it around such imports (src/word-parts.ts). */
export async function withDeskWords<Module>(load: () => Promise<Module>): Promise<Module> {
  const [module] = await Promise.all([load(), speakAtDesk()])
  return module
}

/** From now on the words of the desk too, in the language of the page and in any that is chosen later. */
export async function speakAtDesk(): Promise<void> {
  if (isAtDesk) return turn
  isAtDesk = true
  // before the first word of the page, `speak` brings them
  if (wanted)
    await inTurn().catch((error: unknown) => {
      // asked for again with the next screen
      isAtDesk = false
      throw error
    })
}

/** One after the other: what is asked for last is what the page speaks. */
function inTurn(): Promise<void> {
  turn = turn.catch(() => {}).then(() => (wanted ? say(wanted) : undefined))
  return turn
}

async function say(code: LanguageCode): Promise<void> {
  const { load, desk, dir } = LANGUAGES[code]
  const [first, more] = await Promise.all([load(), isAtDesk ? desk() : null])
  i18n.loadAndActivate({ locale: code, messages: { ...first.messages, ...more?.messages } })
  document.documentElement.lang = code
  document.documentElement.dir = dir
}

/** Speaks a language and remembers it on this device. */
export async function chooseLanguage(code: LanguageCode): Promise<void> {
  await speak(code)
  setPreferences({ language: code })
}
