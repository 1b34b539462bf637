/** What a session says of each way of measuring: its items in words, never a count of them at 0:00. */
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, show } from '../../../platform/web/kit/testing.tsx'
import { Screen, smallSchool } from '../../../platform/web/testing-day.tsx'
import type { SessionItem, SessionState } from '../../sessions/state.ts'
import { goalOf, type Goal } from '../goal.ts'
import { MAYA, program, session } from '../testing.ts'
import { SessionSheet } from './SessionSheet.tsx'

const item = (n: number, code: string, more: Partial<SessionItem> = {}): SessionItem => ({
  id: `i${n}`,
  n,
  code,
  result: code,
  level: null,
  at: `2026-10-05T14:5${n}:00.000Z`,
  clock: null,
  ...more,
})
const prompts = {
  direction: 'least_to_most' as const,
  wait_s: 4,
  levels: [{ code: 'G', label: 'Gesture' }],
}

test.each<[string, SessionState['measure'], SessionItem[], string[]]>([
  [
    'a rubric',
    {
      system: 'rubric',
      value: 'total',
      items: [
        { text: 'Capital letter', anchors: ['No', 'Yes'] },
        { text: 'One thought', anchors: ['No', 'Part', 'Whole'] },
      ],
    },
    [item(1, '1'), item(2, '2')],
    ['Capital letterlevel 1', 'One thoughtlevel 2'],
  ],
  [
    'a checklist',
    { system: 'checklist', items: ['Folder', 'Lunch box'], min_opportunities: 1 },
    [item(1, 'yes'), item(2, 'NA')],
    ['Folderyes', 'Lunch boxnot today'],
  ],
  [
    'finished work',
    { system: 'product', value: 'percent', items: 2, min_opportunities: 1, photo: false },
    [item(1, '+'), item(2, '-')],
    ['+right', '–wrong'],
  ],
  [
    'a duration',
    { system: 'duration', value: 'total', second_start: 'ignored', min_observed_s: 60 },
    [item(1, '1', { ms: 102_000 }), item(2, '1', { ms: 660_000, estimated: true })],
    ['1:42', '11:00estimate'],
  ],
  [
    'a latency',
    { system: 'latency', limit_s: 60, min_opportunities: 1 },
    [item(1, '1', { ms: 12_000 }), item(2, '1', { ms: 60_000, censored: true })],
    ['0:12', '1:00 or more'],
  ],
  [
    'natural chances',
    { system: 'opportunities', prompts, min_opportunities: 1 },
    [item(1, '+'), item(2, '+G', { result: '+', level: 'G' })],
    ['+alone', '+Ggesture'],
  ],
  ['a cold probe', { system: 'probe' }, [item(1, 'N')], ['not yet']],
])('%s', async (_, measure, items, words) => {
  const school = smallSchool()
  const dana = await school.open('dana')
  const body = { ...program(), measure }
  const state = session('2026-10-05', 1, 2, { measure, items, by: MAYA })
  const goal = goalOf({
    plan: {
      program: 'p',
      student: school.students.am,
      versions: [{ id: 'v1', day: '2026-09-01', author: 'reyes', body }],
      phases: [],
      aims: [],
      conflicts: [],
    } as unknown as Goal['plan'],
    sessions: [{ partition: 's', state }],
    imported: [],
    decisions: [],
    checks: [],
    schoolDays: [],
    names: { [MAYA]: 'Maya Ortiz' },
    tz: 'America/Chicago',
    viewer: 'reyes',
  })
  const [one] = goal.sessions
  if (!one) throw new Error('no session')
  const found = { goal, who: { initials: 'A.M.', color: 1 }, held: false }
  await show(
    <Screen hand={dana}>
      <SessionSheet found={found} session={one} onClose={() => undefined} />
    </Screen>,
  )
  const rows = page.getByRole('dialog').getByRole('listitem')
  await expect.element(rows.first()).toBeVisible()
  expect(rows.elements()).toHaveLength(words.length)
  for (const [n, word] of words.entries())
    expect(rows.nth(n).element().textContent).toMatch(new RegExp(`^${n + 1}${word.replace('+', '\\+')}`))
  await Promise.all(document.getAnimations().map((animation) => animation.finished))
  expect(await axeFindings()).toEqual([])
})
