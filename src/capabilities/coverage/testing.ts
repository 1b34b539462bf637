/** Small schools for tests of cover. Tests only. */
import type { Adult, Child, Competency, CoverDay, Task } from './model.ts'

export const POLICY = { mealMin: 30, mealFrom: 630, mealTo: 825, mealAfter: 360, criticalAtOnce: 2 }

export function dayWith(some: Partial<CoverDay>): CoverDay {
  return {
    day: '2026-11-04',
    tasks: [],
    adults: [],
    children: [],
    away: [],
    competencies: [],
    restricted: [],
    known: [],
    coordinator: 'joan',
    policy: POLICY,
    ...some,
  }
}

export const para = (id: string, more: Partial<Adult> = {}): Adult => ({
  id,
  name: id,
  moves: true,
  substitute: false,
  hours: { start: 450, end: 930 },
  ...more,
})

export const child = (id: string, flags: readonly string[] = [], more: Partial<Child> = {}): Child => ({
  id,
  initials: id,
  supervision: 'SV1',
  flags,
  manager: 'dana',
  ...more,
})

export const task = (
  id: string,
  person: string,
  [start, end]: readonly [number, number],
  more: Partial<Task> = {},
): Task => ({
  id,
  person,
  start,
  end,
  title: id,
  place: 'Room 1',
  purpose: 'class',
  needs: [],
  students: [],
  ...more,
})

export const trained = (person: string, name: string, student: string | null = null): Competency => ({
  person,
  student,
  task: name,
  from: '2026-08-01',
  to: '2027-06-30',
  revoked: false,
})
