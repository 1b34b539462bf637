/** What a browser leaves on a disk, for tests that look for words that must not be there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Device } from './house.ts'

/** Closes the browser as its owner would, and waits until it has written what it writes. */
export async function quit(device: Device, page: Page): Promise<void> {
  const cdp = await device.cdp(page)
  await cdp.send('Browser.close').catch(() => undefined)
  await expect.poll(() => existsSync(join(device.folder, 'SingletonLock')), { timeout: 10_000 }).toBe(false)
}

/** Files of the profile in which one of the words stands, as UTF-8 or UTF-16. */
export function found(device: Device, words: readonly string[]): string[] {
  const needles = words.flatMap((word) => [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le')])
  return readdirSync(device.folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(device.folder, name)
    // sockets and links to nowhere
    if (!existsSync(path) || !statSync(path).isFile()) return false
    const bytes = readFileSync(path)
    return needles.some((needle) => bytes.includes(needle))
  })
}
