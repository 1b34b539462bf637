import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { buildGraph, type GraphModel } from '../rules.ts'
import { input, KIM, notRun, program, session } from '../testing.ts'
import { GoalGraph } from './GoalGraph.tsx'

const phase = (from: string, label: string) => ({
  id: label,
  author: 'reyes',
  body: { label, condition: 'intervention' as const, from, major: true, why: 'team decision' },
})

/** Baseline of two, then three points, an absence, a point below the minimum and one more. */
const model = buildGraph(
  input(
    [
      session('2026-10-05', 2, 10),
      session('2026-10-06', 3, 10),
      session('2026-10-07', 5, 10, { session: 'watched' }),
      session('2026-10-08', 6, 10),
      session('2026-10-09', 7, 10),
      notRun('2026-10-12', 'student_absent'),
      session('2026-10-13', 2, 4, { by: KIM, tags: ['substitute'] }),
      session('2026-10-14', 13, 18),
    ],
    {
      phases: [phase('2026-10-05', 'Baseline'), phase('2026-10-07', 'Least to most prompts')],
      aims: [{ from: '2026-10-06', from_value: 30, to: '2026-10-23', to_value: 80, basis: 'team' }],
      agreement: { watched: { agreed: 9, total: 10 } },
    },
  ),
)

async function draw(shown: GraphModel, options: Parameters<typeof show>[1] = {}) {
  await show(
    <main>
      <h1>Asks for what is needed</h1>
      <GoalGraph model={shown} title="Asks for what is needed" />
    </main>,
    options,
  )
  await expect.element(page.getByRole('img')).toBeVisible()
  const parts = (role: string) => [...document.querySelectorAll(`svg[role=img] [data-role=${role}]`)]
  return { parts }
}

test('the drawing keeps the conventions: hollow points are hollow, phases and absences are not joined', async () => {
  const { parts } = await draw(model)
  const surface = getComputedStyle(document.documentElement).getPropertyValue('--surface')
  expect(surface).not.toBe('')
  const [hollow, ...others] = parts('hollow')
  expect(others).toEqual([])
  const solid = parts('point')
  expect(solid).toHaveLength(6)
  const ink = getComputedStyle(solid[0] ?? document.body).fill
  const rim = getComputedStyle(hollow ?? document.body)
  expect(rim.stroke).toBe(ink)
  expect(rim.fill).not.toBe(ink)
  expect(rim.fill).not.toBe('none')

  // 2 points | 3 points, absent, 2 points
  const vertices = parts('data').map((path) => path.getAttribute('d')?.match(/[ML]/g)?.length)
  expect(vertices).toEqual([2, 3, 2])
  expect(parts('phase-major')).toHaveLength(1)
  expect(getComputedStyle(parts('aim')[0] ?? document.body).strokeDasharray).toBe('7px, 5px')
  expect(getComputedStyle(parts('phase-major')[0] ?? document.body).strokeDasharray).toBe('none')
  expect(parts('agreement')).toHaveLength(1)
  expect(parts('gap-label').map((label) => label.textContent)).toEqual(['absent'])
})

test('G10 the table says the same numbers, each percent with its fraction, the absence without any', async () => {
  await draw(model)
  const rows = [...document.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  )
  expect(rows).toEqual([
    ['Oct 14, 9:52 AM', 'Maya Ortiz', '13/18', '72.2%', ''],
    ['Oct 13, 9:52 AM', 'Kim Tran', '2/4', '50%', 'below minimum (4 of 5), substitute'],
    ['Oct 12, 9:52 AM', 'Maya Ortiz', '', 'no data', 'student absent'],
    ['Oct 9, 9:52 AM', 'Maya Ortiz', '7/10', '70%', ''],
    ['Oct 8, 9:52 AM', 'Maya Ortiz', '6/10', '60%', ''],
    ['Oct 7, 9:52 AM', 'Maya Ortiz', '5/10', '50%', 'agreement 90% (9/10)'],
    ['Oct 6, 9:52 AM', 'Maya Ortiz', '3/10', '30%', ''],
    ['Oct 5, 9:52 AM', 'Maya Ortiz', '2/10', '20%', ''],
  ])
  const toggle = page.getByRole('button', { name: 'Hide table' })
  await expect.element(toggle).toHaveAttribute('aria-expanded', 'true')
  await toggle.click()
  await expect.element(page.getByRole('table')).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Show table' }).click()
  await expect.element(page.getByRole('table')).toBeVisible()
})

test('the picture says in words what it shows', async () => {
  await draw(model)
  const label = page.getByRole('img').element().getAttribute('aria-label')
  expect(label).toBe(
    'Asks for what is needed. Percent of trials independent. 7 points from Oct 5, 2026 to Oct 14, 2026. ' +
      'Baseline: median 25%, 20% to 30%, 2 points. ' +
      // 50, 60, 70 and 13/18 = 72.2; the hollow point does not count
      'Least to most prompts: median 65%, 50% to 72.2%, 4 points. aim 80% by Oct 23. ' +
      'Latest: Oct 14, 9:52 AM · 13/18 · 72.2% · Maya Ortiz.',
  )
})

test('the keyboard moves from point to point, and the line that is read aloud follows', async () => {
  await draw(model)
  const slider = page.getByRole('slider', { name: 'Points of the graph' })
  const said = () => document.querySelector('output')
  expect(said()?.getAttribute('aria-live')).toBe('polite')
  expect(said()?.textContent).toBe('')
  await userEvent.tab()
  await expect.element(slider).toHaveFocus()
  await vi.waitFor(() => expect(said()?.textContent).toBe('Oct 14, 9:52 AM · 13/18 · 72.2% · Maya Ortiz'))
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}')
  await vi.waitFor(() =>
    expect(said()?.textContent).toBe('Oct 12, 9:52 AM · no data · Maya Ortiz · student absent'),
  )
  await expect.element(slider).toHaveAttribute('aria-valuetext', '6 of 8')
  await userEvent.keyboard('{Home}{ArrowLeft}')
  await vi.waitFor(() => expect(said()?.textContent).toMatch(/^Oct 5, 9:52 AM · 2\/10 · 20%/))
  await userEvent.keyboard('{ArrowRight}')
  await vi.waitFor(() => expect(said()?.textContent).toMatch(/^Oct 6, 9:52 AM · 3\/10 · 30%/))
  await userEvent.keyboard('{End}{ArrowRight}')
  await expect.element(slider).toHaveAttribute('aria-valuenow', '8')
})

test('a touch shows the nearest point', async () => {
  await draw(model)
  const point = document.querySelectorAll('svg[role=img] [data-role=point]')[3]?.getBoundingClientRect()
  const slider = page.getByRole('slider').element()
  slider.dispatchEvent(
    new PointerEvent('pointerdown', {
      bubbles: true,
      clientX: (point?.left ?? 0) + 6,
      clientY: 10,
      pointerType: 'touch',
    }),
  )
  await vi.waitFor(() => expect(document.querySelector('output')?.textContent).toMatch(/^Oct 8, .* 6\/10/))
})

test('the drawing is as wide as its place and follows it', async () => {
  await page.viewport(390, 800)
  await draw(model)
  const width = () => Number(document.querySelector('svg[role=img]')?.getAttribute('width'))
  await vi.waitFor(() => expect(width()).toBeGreaterThan(300))
  expect(width()).toBeLessThanOrEqual(390)
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
  await page.viewport(1000, 800)
  await vi.waitFor(() => expect(width()).toBeGreaterThan(800))
})

test('axe finds nothing, in light and in dark, with data and without', async () => {
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset['theme'] = theme
    for (const shown of [model, buildGraph(input([]))]) {
      await show(
        <main>
          <h1>Asks for what is needed</h1>
          <GoalGraph model={shown} title="Asks for what is needed" />
        </main>,
      )
      await expect.element(page.getByRole('img').first()).toBeVisible()
      expect(await axeFindings()).toEqual([])
      document.body.replaceChildren()
    }
  }
  delete document.documentElement.dataset['theme']
})

test('what people have written is text in the drawing, never markup', async () => {
  const written = '<b>Words</b> & "signs"'
  const { parts } = await draw(
    buildGraph(
      input([session('2026-10-05', 2, 10), session('2026-10-06', 3, 10)], {
        phases: [phase('2026-10-05', written)],
      }),
    ),
  )
  expect(parts('phase-label').map((label) => label.textContent)).toEqual([written])
  expect(document.querySelector('svg b')).toBeNull()
})

test('imported data show their session numbers, and that the source has no fraction', async () => {
  const imported = [4, null, 6].map((value, index) => ({
    session: index + 1,
    value,
    phase: 'A1',
    condition: 'A' as const,
    row: index + 1,
    synthetic_date: true as const,
  }))
  const measure = { system: 'imported' as const, unit: 'signed requests' }
  await draw(buildGraph(input([], { program: program({ measure }), imported })))
  const rows = [...document.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  )
  expect(rows).toEqual([
    ['Session 3', 'A1', 'not in source', '6', ''],
    ['Session 2', 'A1', '', 'no data', 'blank in source'],
    ['Session 1', 'A1', 'not in source', '4', ''],
  ])
})
