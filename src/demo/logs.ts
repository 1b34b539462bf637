/**
 * What was written down at Cedar Bend without a session: behavior with what came before and after (tier T3), the grid of
 * hard times, visits to the toilet and meals (tier T4). By who was there: Maya Ortiz, and at lunch on A days Andre Cole.
 */
import { uuidv7, type Uuid } from '../platform/core/ids.ts'
import type { Day } from '../platform/core/days.ts'
import type { AbcBody, CellBody } from '../capabilities/behavior/records.ts'
import type { FeedingBody, ToiletingBody } from '../capabilities/care/records.ts'
import type { SchoolDay } from '../capabilities/schedule/model.ts'
import { isAway } from './away.ts'
import { START_TIME, TODAY, timeOf } from './calendar.ts'
import { COVERAGE, type StaffKey } from './people.ts'
import { versionOn } from './plans.ts'
import { PROGRAMS } from './programs.ts'
import { seeded, type Random } from './seed.ts'
import { programId, type ProgramSpec } from './spec.ts'
import { act, type Act } from './tape.ts'

/** Every entry of every log, from the first day of its plan to the hour at which the demo begins. */
export function logs(days: readonly SchoolDay[], seed: string): Act[] {
  const cutoff = timeOf(TODAY, START_TIME)
  return Object.entries(ENTRIES).flatMap(([key, entriesOf]) => {
    const spec = PROGRAMS.find((one) => one.key === key)
    const begin = spec?.versions[0]?.from
    if (!spec || begin === undefined) throw new RangeError(`no program ${key}`)
    return days
      .filter(({ day }) => begin <= day && day <= TODAY && isWithAdult(spec, day, seed))
      .flatMap(({ day, type }) => {
        const random = seeded(`${seed}/${key}/${day}`)
        const author = key === 'bk-meals' && type === 'A' ? 'andre' : 'maya'
        const write = logOf(spec, day, author, random)
        return entriesOf(day, random).map(write)
      })
      .filter(({ at }) => at < cutoff)
  })
}

/** `at`: `HH:MM`. */
interface Entry {
  readonly noun: 'behavior.abc' | 'behavior.cell' | 'care.toileting' | 'care.feeding'
  readonly at: string
  readonly body: object
}

const ENTRIES: { readonly [key: string]: (day: Day, random: Random) => Entry[] } = {
  'cd-abc': (_day, random) =>
    random.chance(0.85)
      ? times(random.int(1, 3), (n) => abc(`10:${15 + 14 * n + random.int(0, 9)}`, random))
      : [],
  // who is with the student marks it; the other half hours were not watched
  'cd-when': (_day, random) => [1, 2, 4, 5, 12, 13].map((cell) => cellOf(cell, random)),
  'bk-toileting': (_day, random) =>
    ['08:1', '10:0', '13:3']
      .map((start) => visit(`${start}${random.int(0, 6)}`, 'scheduled', random))
      .concat(
        random.chance(0.25) ? visit('14:32', random.chance(0.7) ? 'initiated' : 'accident', random) : [],
      ),
  'bk-meals': (day, random) => [meal(day, random)],
}

function abc(at: string, random: Random): Entry {
  const body: AbcBody = {
    setting_events: random.chance(0.2)
      ? [
          random.weighted([
            ['poor_sleep', 3],
            ['indoor_day', 1],
          ]),
        ]
      : [],
    antecedents: [
      random.weighted([
        ['difficult_task', 6],
        ['demand_academic', 4],
        ['transition', 2],
        ['peer_conflict', 1],
        ['corrected', 1],
      ]),
    ],
    behavior: random.weighted([
      ['own:1', 5],
      ['own:3', 3],
      ['own:2', 3],
    ]),
    consequences: random.chance(0.25)
      ? ['redirected', 'task_continued']
      : [
          random.weighted([
            ['break_given', 5],
            ['task_reduced', 3],
            ['replacement_prompted', 3],
            ['attention_correction', 2],
            ['attention_peer', 1],
          ]),
        ],
    setting: 'Room 12',
    people: random.int(16, 22),
    intensity: random.int(1, 3),
    seconds: random.int(10, 150),
  }
  return { noun: 'behavior.abc', at, body }
}

/** Writing, from 10:00 to 11:00, and the end of the day are hard. */
function cellOf(cell: number, random: Random): Entry {
  const hard = cell === 4 || cell === 5 || cell === 13
  const body: CellBody = {
    cell,
    code: random.weighted([
      ['0', hard ? 2 : 7],
      ['some', 3],
      ['many', hard ? 2 : 0.3],
    ]),
  }
  const end = 8 * 60 + 30 + 30 * cell - 1
  return { noun: 'behavior.cell', at: `${twoDigits(Math.floor(end / 60))}:${twoDigits(end % 60)}`, body }
}

function visit(at: string, kind: ToiletingBody['visit'], random: Random): Entry {
  const accident = kind === 'accident'
  const body: ToiletingBody = {
    visit: kind,
    result: accident
      ? 'urine'
      : random.weighted([
          ['urine', 6],
          ['dry', 3],
          ['both', 1],
        ]),
    clothing: accident ? 'wet' : 'dry',
    steps: {
      sit: 'physical',
      wipe: 'physical',
      dress: 'physical',
      wash: random.chance(0.6) ? 'verbal' : 'independent',
    },
    changed: accident,
    skin_concern: false,
    second_adult: true,
    minutes: random.int(9, 13),
  }
  return { noun: 'care.toileting', at, body }
}

function meal(day: Day, random: Random): Entry {
  const cough = day === '2026-10-21'
  const body: FeedingBody = {
    meal: 'lunch',
    minutes: cough ? 11 : random.int(20, 27),
    eaten: cough
      ? 25
      : random.weighted([
          [50, 2],
          [75, 5],
          [100, 4],
        ]),
    fluid_ml: cough ? 40 : 20 * random.int(5, 11),
    help: random.chance(0.5) ? 'verbal' : 'physical',
    refusals: random.int(0, 2),
    safety: cough ? ['cough'] : [],
  }
  return { noun: 'care.feeding', at: cough ? '11:47' : '12:02', body }
}

/** Writes the entries of one log: one a program, day and device. */
function logOf(spec: ProgramSpec, day: Day, author: StaffKey, random: Random): (entry: Entry) => Act {
  let log: Uuid | undefined
  return ({ noun, at, body }) => {
    const ms = timeOf(day, at) + random.int(0, 59_000)
    log ??= uuidv7(ms, random.bytes)
    const version = noun === 'care.feeding' ? { version: versionOn(spec, day).id } : {}
    return act(random, {
      author,
      device: `hand-${author}`,
      kind: noun,
      student: spec.student,
      refs: { log, program: programId(spec.key), ...version },
      body,
      at: ms,
    })
  }
}

function isWithAdult({ student }: ProgramSpec, day: Day, seed: string): boolean {
  return !isAway(student, day, seed) && !COVERAGE.some((one) => one.day === day && one.away === 'maya')
}

function times<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_none, n) => make(n))
}

function twoDigits(n: number): string {
  return `${n}`.padStart(2, '0')
}
