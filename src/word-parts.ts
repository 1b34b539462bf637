/**
 * Parts the words of a language in two for the browser: those that every phone loads first, and those of screens that
 * are opened at a desk, which come with these screens. Translators and `lingui extract` know one catalog a language;
 * where a word is used decides its part. Used by vite.config.ts.
 *
 * What must stay true: no module of a desk runs before its words are here. That is why the build, and not whoever
 * writes a screen, makes each import of one wait for them, and refuses one that could not wait.
 */
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatter } from '@lingui/format-po'
import type { Plugin } from 'vite'

/** Capabilities whose words a para needs between the first paint and the first tap. All others are for the desk. */
const AT_HAND = ['sessions', 'schedule', 'students', 'attendance', 'care']
/** Screens and panels in their rooms that are for the desk all the same. */
const DESK_IN_THEM = new RegExp(
  [
    'schedule/(ical|server/|web/(Calendar|Services|calendar-words|services-words))',
    String.raw`students/web/(Student|Brief\w*|Handback|Invite\w*|LinkSheet|Publish|ContactsCard|WhomToCall|call-words|\w+Form|ListField|NameRecorder|Receipts|quiz-words|Question\w+)\.`,
    'attendance/(web/Official|official-file)',
    // reading probes: chosen on the pad, never its first key; what comes after the last one
    'sessions/web/(Cbm|AgreementPanel|MaterialChips|TimesAsked)',
    // beside whoever records: opened on purpose, before the first tap
    String.raw`sessions/web/Observe(Log)?\.`,
    String.raw`care/web/(\w+Panel|Concern\w+|SeenBy)\.`,
  ].join('|'),
)
/**
 * Parts that screens of a desk share, the keypad of a shared tablet, what is wrong with files; and screens of the shell
 * that nobody opens before the first tap.
 */
const DESK_OF_ALL =
  /src\/platform\/((web\/desk|web\/auth\/pin|core)\/|web\/auth\/Join\.|web\/shell\/(Unsent|reasons|Devices|LostRecords)\.)/
/** Titles and names of kinds stand in the navigation and in lists. */
const SHARED = /\/web\/screens\.tsx?$/

/** True for a source file whose words come with the screens of a desk. */
export function isForDesk(path: string): boolean {
  if (DESK_OF_ALL.test(path)) return true
  const capability = /src\/capabilities\/([^/]+)\//.exec(path)?.[1]
  if (capability === undefined || SHARED.test(path)) return false
  return !AT_HAND.includes(capability) || DESK_IN_THEM.test(path)
}

const HELPER = fileURLToPath(new URL('platform/web/i18n/language.ts', import.meta.url))
const HAS_WORDS = /from '@lingui\/(core|react)\/macro'/
const IN_TEST = /\.test\.tsx?$|\/testing[^/]*\.tsx?$/
const DYNAMIC = /(?<!typeof )\bimport\('(\.[^']+)'\)/g
const STATIC = /^(?:import|export) (?!type )[^;']*?from '(\.[^']+\.tsx?)'/gm

/** Makes whoever imports a module of a desk wait for its words. Stands before what compiles the macros away. */
export function deskWordsFirst(): Plugin {
  return {
    name: 'handrail:desk-words-first',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.tsx?$/, code: /'\.[^']+\.tsx?'/ },
      async handler(code, id) {
        if (isForDesk(id)) return null
        // tests bring all words themselves (kit/testing.tsx)
        for (const [, path = ''] of IN_TEST.test(id) ? [] : code.matchAll(STATIC)) {
          const target = resolve(dirname(id), path)
          if (isForDesk(target) && HAS_WORDS.test(await readFile(target, 'utf8')))
            this.error(`${id} imports ${path} at once, whose words come with the screens of a desk`)
        }
        const waiting = withWords(code, id)
        return waiting === code ? null : { code: waiting, map: null }
      },
    },
  }
}

/** The source with each `import('…')` of a module of a desk made one that waits for the words too. */
export function withWords(code: string, id: string): string {
  const changed = code.replaceAll(DYNAMIC, (whole, path: string) =>
    isForDesk(resolve(dirname(id), path)) ? `withDeskWords(() => ${whole})` : whole,
  )
  return changed === code ? code : `import { withDeskWords } from ${JSON.stringify(HELPER)};${changed}`
}

/** Stands after Lingui's own plugin: `x.po` gives the words at hand, `x.po?desk?lingui` the others. */
export function wordParts(): Plugin {
  return {
    name: 'handrail:word-parts',
    transform: {
      filter: { id: /\.po(\?desk\?lingui)?$/ },
      async handler(code, id) {
        const [path = '', part] = id.split('?')
        const desk = await wordsForDesk(path)
        const kept = Object.entries(messagesIn(code)).filter(([word]) => desk.has(word) === (part === 'desk'))
        const json = JSON.stringify(JSON.stringify(Object.fromEntries(kept)))
        return { code: `export const messages=JSON.parse(${json})`, map: null, moduleType: 'js' }
      },
    },
  }
}

/** Ids of the words that are used at a desk and nowhere else. */
async function wordsForDesk(path: string): Promise<ReadonlySet<string>> {
  const text = await readFile(path, 'utf8')
  const words = await formatter().parse(text, { locale: undefined, sourceLocale: 'en', filename: path })
  const isDesk = ([, { origin = [] }]: [string, { origin?: readonly (readonly [string, number?])[] }]) =>
    origin.length > 0 && origin.every(([file]) => isForDesk(file))
  return new Set(
    Object.entries(words)
      .filter(isDesk)
      .map(([id]) => id),
  )
}

/** What Lingui made of a catalog: `…JSON.parse("…")`. */
function messagesIn(code: string): Readonly<Record<string, unknown>> {
  const json = /JSON\.parse\(("(?:[^"\\]|\\.)*")\)/.exec(code)?.[1]
  if (json === undefined) throw new Error('the catalog that Lingui compiled has another form')
  return JSON.parse(JSON.parse(json) as string) as Record<string, unknown>
}
