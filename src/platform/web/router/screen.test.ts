import { House } from 'lucide-react'
import { expect, test } from 'vitest'
import { groupsOf, isFor, placesOf, tabsOf, type Place, type ScreenRoute } from './screen.ts'

const parts = (path: `/${string}`) => ({
  path,
  title: { id: path },
  load: () => Promise.reject(new Error('not opened here')),
})
const screen = (path: `/${string}`, rest: Partial<Place> = {}): Place => ({
  ...parts(path),
  icon: House,
  place: 'tab',
  ...rest,
})
const paths = (screens: readonly ScreenRoute[]) => screens.map(({ path }) => path)

const today = screen('/today', { order: 10, roles: ['para'] })
const caseload = screen('/caseload', { order: 10, roles: ['case_manager'] })
const team = screen('/team', { order: 40 })
const goal: ScreenRoute = { ...parts('/goals/$program'), place: 'none' }
const reports = screen('/reports', { place: 'side', order: 50, roles: ['case_manager'] })
const more = screen('/more', { order: 1000 })
const all = [more, goal, reports, team, caseload, today]

test('a person sees the places of their roles, in order; the first is their home', () => {
  expect(paths(placesOf(all, ['para']))).toEqual(['/today', '/team', '/more'])
  expect(paths(placesOf(all, ['case_manager']))).toEqual(['/caseload', '/team', '/reports', '/more'])
  expect(paths(placesOf(all, []))).toEqual(['/team', '/more'])
})

test('a screen without roles is for everybody, one with roles for any of them', () => {
  expect(isFor(team, [])).toBe(true)
  expect(isFor(today, ['para', 'case_manager'])).toBe(true)
  expect(isFor(today, ['coordinator'])).toBe(false)
})

test('the bar of a phone holds five, More always among them; what has no room is in the More list', () => {
  const many = ['/a', '/b', '/c', '/d', '/e', '/f'].map((path) => screen(path as `/${string}`))
  const { bar, rest } = tabsOf([...many, reports, more])
  expect(paths(bar)).toEqual(['/a', '/b', '/c', '/d', '/more'])
  expect(paths(rest)).toEqual(['/e', '/f', '/reports'])
  expect(paths(tabsOf([today, team, more]).bar)).toEqual(['/today', '/team', '/more'])
})

test('a column of more than seven places is in parts: the day, students, the school, the last', () => {
  const few = ['/a', '/b', '/c', '/d', '/e', '/f'].map((path) => screen(path as `/${string}`))
  const feed = screen('/feed', { place: 'more' })
  expect(groupsOf([...few, more, feed]).map(paths)).toEqual([['/a', '/b', '/c', '/d', '/e', '/f', '/more']])
  const many = [
    ...few,
    screen('/calendar', { place: 'side', group: 'school' }),
    screen('/goals', { group: 'students' }),
    screen('/more', { group: 'last' }),
    feed,
  ]
  expect(groupsOf(many).map(paths)).toEqual([
    ['/a', '/b', '/c', '/d', '/e', '/f'],
    ['/goals'],
    ['/calendar'],
    ['/more'],
  ])
})
