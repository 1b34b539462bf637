/**
 * A walk through every screen, looking for what must not be there: a breach of the content security policy, an error
 * in the console, a student's name in a title, an address, a cache or anywhere on the disk.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Device, LAPTOP, openHouse, PHONE, type House } from './house.ts'
import { CASE_MANAGER, COORDINATOR, enter, go, PARA } from './steps.ts'

let house: House
/** Given and family names of every student of the demo school. */
let names: string[]
beforeAll(async () => {
  house = await openHouse()
  const { rows } = await house.owner.query('select given, family, preferred from student')
  names = [...new Set(rows.flatMap((row) => [row.given, row.family, row.preferred]).filter(Boolean))]
})
afterAll(() => house.close())

describe.each([
  ['English, light', { language: 'en', theme: 'light' }],
  ['Spanish, dark', { language: 'es', theme: 'dark' }],
])('in %s', (_name, preferences) => {
  it.each([
    [
      'a para',
      PARA,
      PHONE,
      [
        '/today',
        '/end-of-day',
        '/pad',
        '/students',
        '/students/$',
        '/more',
        '/unsent',
        '/devices',
        '/sign-in',
        '/nowhere',
      ],
    ],
    ['a case manager', CASE_MANAGER, LAPTOP, ['/caseload', '/caseload/$', '/students/$', '/inbox', '/pad']],
    ['a coordinator', COORDINATOR, LAPTOP, ['/all-goals', '/all-goals/$', '/inbox', '/day', '/attendance']],
  ])(
    'every screen of %s keeps to the policy, and no title, address, cache or file names a student',
    async (_who, persona, size, screens) => {
      const device = new Device(house.url, size)
      try {
        const page = await device.open(null)
        const wrong = complaintsOf(page)
        await page.goto(house.url)
        await enter(page, persona)
        await page.evaluate(
          (chosen) => localStorage.setItem('handrail.preferences', JSON.stringify(chosen)),
          preferences,
        )
        await page.reload()
        let shown = ''
        for (const screen of screens) {
          await go(page, screen.replace('/$', ''))
          await page.getByRole('heading', { level: 1 }).first().waitFor()
          if (screen.endsWith('/$')) {
            await page
              .locator(`main a[href^="${screen.slice(0, -1)}"]`)
              .first()
              .click()
            await expect.poll(() => page.url()).toMatch(/[0-9a-f]{8}-/)
            await page.getByRole('heading', { level: 1 }).first().waitFor()
          }
          await page.waitForLoadState('networkidle').catch(() => {})
          shown += await page.locator('body').innerText()
          expect(named(`${page.url()} ${await page.title()}`)).toEqual([])
        }
        expect(wrong).toEqual([])
        // the walk did see students: otherwise it proves nothing
        expect(shown).toMatch(/[A-Z]\.[A-Z]\./)
        expect(named(await page.evaluate(stored)).filter(isTelling)).toEqual([])
        await device.kill()
        const disk = await filesOf(device.folder)
        expect(disk.some(({ bytes }) => bytes.includes('handrail.preferences', 0, 'latin1'))).toBe(true)
        expect(
          disk
            .filter(({ bytes }) => names.filter(isTelling).some((name) => holds(bytes, name)))
            .map(({ path }) => path),
        ).toEqual([])
      } finally {
        await device.close()
      }
    },
  )
})

describe('answers of the server', () => {
  it.each([
    '/',
    '/today',
    '/start.js',
    '/sw.js',
    '/api/time',
    '/api/me',
    '/api/nowhere',
    '/api/docs',
    '/api/openapi.json',
  ])('%s carries strict headers, and no page holds a script or a style of its own', async (path) => {
    const answer = await fetch(house.url + path, { headers: { accept: 'text/html,application/json' } })
    const text = await answer.text()
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/default-src '(none|self)'/)
    expect(policy).not.toMatch(/unsafe-|\*|https?:/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toMatch(path.startsWith('/api') ? /no-store/ : /no-cache/)
    expect(text).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/)
  })
})

/** Everything that the browser complains about. What it says of an address that asks for a sign-in is no complaint. */
function complaintsOf(page: Page): string[] {
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 401/.test(message.text())) wrong.push(message.text())
  })
  return wrong
}

/** Runs in the page: all of Cache Storage, localStorage and sessionStorage. */
async function stored(): Promise<string> {
  let text = JSON.stringify(localStorage) + JSON.stringify(sessionStorage)
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys())
      text += `${request.url}\n${await (await cache.match(request))?.text()}`
  }
  return text
}

/** Students named in a text, as whole words. */
function named(text: string): string[] {
  return names.filter((name) => new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, 'u').test(text))
}

/** Shorter ones are found in any program and any picture. */
const isTelling = (name: string) => name.length >= 5

/** As browsers write text: one byte a letter where that is enough, else two. */
function holds(bytes: Buffer, name: string): boolean {
  return bytes.includes(name, 0, 'utf8') || bytes.includes(name, 0, 'utf16le')
}

async function filesOf(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const found = await readdir(join(folder, 'Default'), { recursive: true, withFileTypes: true })
  const files: { path: string; bytes: Buffer }[] = []
  for (const entry of found) {
    // the browser's own lists know nothing of sites
    if (!entry.isFile() || entry.parentPath.includes('shared_proto_db')) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(nullWhereGone)
    if (bytes) files.push({ path: path.slice(folder.length), bytes })
  }
  return files
}

/** A part of the browser may outlive it by a moment, and take a file of its own away: that one is no longer on the disk. */
function nullWhereGone(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
  throw error
}
