/** What a person does on the screens, for all end-to-end tests. */
import type { Locator, Page } from 'playwright-core'

/** Buttons of the demo page, as they begin. */
export const PARA = /^Be a para, Tuesday 8:52/
export const OTHER_PARA = /^Be a para of other students/
export const CASE_MANAGER = /^Be the case manager/
export const COORDINATOR = /^Be the coordinator/

/** Enters by a button of the demo page, and waits for the first sync. */
export async function enter(page: Page, who: RegExp): Promise<void> {
  const synced = inStep(page)
  await page.getByRole('button', { name: who }).click()
  await synced
  await saved(page)
}

/** The end of the first sync after this: the device asks for its documents last, in its person's name. */
export async function inStep(page: Page): Promise<void> {
  const answer = await page.waitForResponse(
    (response) => response.url().endsWith('/api/me') && 'x-handrail-person' in response.request().headers(),
  )
  await answer.finished()
}

/** Goes to a screen as a link does, without loading the page again. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState({}, '', to), path)
}

/** The card of one goal on the pad. */
export function goal(page: Page, name: string): Locator {
  return page.getByRole('article', { name })
}

/** Some words are there twice, for phone and laptop; the one that is seen counts. */
export async function shown(page: Page, words: string | RegExp, timeout = 30_000): Promise<void> {
  await page.getByText(words).filter({ visible: true }).first().waitFor({ timeout })
}

/** The chip says that all is with the team. A card says so of its own session in a small letter, which is another thing. */
export async function saved(page: Page, timeout = 30_000): Promise<void> {
  await page
    .getByText('With the team', { exact: true })
    .filter({ visible: true })
    .first()
    .waitFor({ timeout })
}

/** Switches flight mode. The switch shows what the device has stored, not what was pressed. */
export async function fly(page: Page, on: boolean): Promise<void> {
  await page.getByRole('switch', { name: 'Flight mode' }).click()
  await page.getByRole('switch', { name: 'Flight mode', checked: on }).waitFor()
}

/** Taps further apart than what counts as one tap. */
export async function tap(page: Page, name: string, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await goal(page, name).getByRole('button', { name: key, exact: true }).click()
    await page.waitForTimeout(260)
  }
}

/** Signs in by hand, from wherever the form is. */
export async function signIn(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Moves the demo school's clock to a local time of its winter, like `2026-11-03T08:35`; pages follow at their next sync. */
export async function moveClock(page: Page, local: string): Promise<void> {
  const status = await page.evaluate(
    async (body) =>
      (
        await fetch('/api/demo/clock', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
      ).status,
    JSON.stringify({ at: new Date(`${local}-06:00`).toISOString() }),
  )
  if (status !== 200) throw new Error(`the clock says ${status}`)
}

/** Counts every press from now on. */
export async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const world = globalThis as unknown as { taps: number; counted?: true }
    world.taps = 0
    if (!world.counted) addEventListener('pointerdown', () => (world.taps += 1), { capture: true })
    world.counted = true
  })
  return () => page.evaluate(() => (globalThis as unknown as { taps: number }).taps)
}
