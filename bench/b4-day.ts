/**
 * Of B4: whether an aide waits longer for their day in a district of 50 schools than in one of one school. Each school has
 * 20 aides with 15 blocks a day, and a calendar of 190 days; the other 49 are put into the tables directly. On the day
 * that is asked for, three aides of each school are away all day and three plans of cover were approved one after another:
 * two were replaced, and by the third two blocks of each of the three are nobody's and the others are spread over those
 * who are there, one of them with whoever asks.
 */
import { median, number, type Line } from './frame.ts'
import type { House } from './house.ts'

const SCHOOLS = 50
const AIDES = 20
const BLOCKS = 15
const ASKED = 40
/** Of each school, the last of its aides. */
const AWAY = 3
const PLANS = 3
const MOST = 1.3

export async function dayBoards(house: House): Promise<Line[]> {
  await schedule(house, 0, 1)
  const one = await ask(house)
  await schedule(house, 1, SCHOOLS)
  const many = await ask(house)
  const [wall, cpu] = [many.wall / one.wall, many.cpu / one.cpu]
  return [
    {
      what: `the day of an aide, ${SCHOOLS} schools against one, ${AWAY} away and ${PLANS} plans approved in each`,
      value: `${number(many.wall, 1)} ms, CPU ${number(many.cpu, 1)} ms`,
      floor: `${number(one.wall, 1)} ms, CPU ${number(one.cpu, 1)} ms → ratio ${number(wall, 2)}, CPU ${number(cpu, 2)}`,
      goal: `≤ ${MOST}`,
      holds: Math.min(wall, cpu) <= MOST,
    },
  ]
}

/** Schools from `first` on: number 0 is the crowd's own, where the aide who asks is the first of its aides. */
async function schedule(house: House, first: number, after: number): Promise<void> {
  const { owner, crowd } = house
  const district = crowd.district.id
  const school = crowd.roster.schools[0]?.id
  const [aide] = crowd.paras
  const args = [district, school, aide?.person, first, after - 1]
  const schoolOf = `case when s = 0 then $2::uuid else md5('school' || s)::uuid end`
  const values = {
    block: `md5('block' || s || '-' || b)::uuid`,
    piece: `md5('piece' || s || '-' || a || '-' || b)::uuid`,
  }
  const series = 'generate_series($4::integer, $5::integer) s'
  await owner.query(
    `insert into school_day (district_id, school_id, day, type)
     select $1, ${schoolOf}, current_date - 150 + d, 'A' from ${series}, generate_series(0, 189) d
     where $3::uuid is not null`,
    args,
  )
  await owner.query(
    `insert into block (district_id, block_id, school_id, code, name, start_time, end_time)
     select $1, ${values.block}, ${schoolOf}, 'P' || b, 'P' || b, time '08:00' + b * interval '25 min',
       time '08:25' + b * interval '25 min'
     from ${series}, generate_series(1, ${BLOCKS}) b where $3::uuid is not null`,
    args,
  )
  await owner.query(
    `insert into assignment (district_id, assignment_id, person_id, block_id, day_types, from_day, title, place, note,
       programs, school_id)
     select $1, ${values.piece}, case when s = 0 and a = 1 then $3::uuid else md5('aide' || s || '-' || a)::uuid end,
       ${values.block}, '{A}', current_date - 150, 'Reading', 'Room 1', '', '{}', ${schoolOf}
     from ${series}, generate_series(1, ${AIDES}) a, generate_series(1, ${BLOCKS}) b`,
    args,
  )
  await owner.query(
    `insert into assignment_student (district_id, assignment_id, student_id)
     select $1, ${values.piece},
       case when s = 0 and a = 1 then $2::uuid else md5('student' || s || '-' || a)::uuid end
     from ${series}, generate_series(1, ${AIDES}) a, generate_series(1, ${BLOCKS}) b where $3::uuid is not null`,
    [district, aide?.students[0]?.id, ...args.slice(2)],
  )
  await owner.query('analyze school_day, block, assignment, assignment_student')
  await coverToday(house, first, after)
}

/** Absences, plans and what the last of them changes, as approving writes it (coverage/server/plans.ts). */
async function coverToday({ owner, crowd }: House, first: number, after: number): Promise<void> {
  const district = crowd.district.id
  const args = [district, crowd.roster.schools[0]?.id, crowd.paras[0]?.person, first, after - 1]
  const schoolOf = `case when s = 0 then $2::uuid else md5('school' || s)::uuid end`
  const personOf = (a: string) =>
    `case when s = 0 and ${a} = 1 then $3::uuid else md5('aide' || s || '-' || ${a})::uuid end`
  const planOf = (n: string) => `md5('plan' || s || '-' || ${n})::uuid`
  const series = 'generate_series($4::integer, $5::integer) s'
  const away = `generate_series(${AIDES - AWAY + 1}, ${AIDES}) a`
  await owner.query(
    `insert into absence (district_id, absence_id, school_id, person_id, day, reason, reported_by, reported)
     select $1, md5('absence' || s || '-' || a)::uuid, ${schoolOf}, ${personOf('a')}, current_date, '', ${personOf('a')},
       now()
     from ${series}, ${away}`,
    args,
  )
  await owner.query(
    `insert into coverage_plan (district_id, plan_id, school_id, day, status, made, input, digest, taken, approved)
     select $1, ${planOf('n')}, ${schoolOf}, current_date, case n when ${PLANS} then 'approved' else 'replaced' end,
       now(), repeat('{}', 20000), '', '[]', now()
     from ${series}, generate_series(1, ${PLANS}) n where $3::uuid is not null`,
    args,
  )
  // of each who is away: the first two blocks nobody's, the third the asking aide's, the others spread over the rest
  await owner.query(
    `insert into assignment_day (district_id, assignment_id, day, school_id, usual_id, person_id, why, plan_id, part,
       students)
     select $1, md5('piece' || s || '-' || a || '-' || b)::uuid, current_date, ${schoolOf}, ${personOf('a')},
       case when b <= 2 then null when b = 3 then ${personOf('1')}
         else ${personOf(`(2 + (a * ${BLOCKS} + b) % ${AIDES - AWAY - 1})`)} end,
       '', ${planOf(String(PLANS))}, 0,
       array[md5('student' || s || '-' || a)::uuid]
     from ${series}, ${away}, generate_series(1, ${BLOCKS}) b`,
    args,
  )
  await owner.query(
    `insert into coverage_notice (district_id, plan_id, person_id, school_id, day)
     select $1, ${planOf(String(PLANS))}, ${personOf('a')}, ${schoolOf}, current_date
     from ${series}, generate_series(1, ${AIDES}) a`,
    args,
  )
  await owner.query('analyze absence, coverage_plan, assignment_day, coverage_notice')
}

async function ask(house: House): Promise<{ wall: number; cpu: number }> {
  const [aide] = house.crowd.paras
  const cookie = house.cookies.get(aide?.person ?? '') ?? ''
  const once = async () => {
    const began = performance.now()
    const answer = await fetch(`${house.url}/api/me`, { headers: { cookie } })
    const me = (await answer.json()) as { boards?: { blocks: unknown[] }[] }
    // one's own blocks, and one of each aide who is away
    if (me.boards?.[0]?.blocks.length !== BLOCKS + AWAY)
      throw new Error(`${answer.status}: not the day that was planned`)
    return performance.now() - began
  }
  for (let n = 0; n < 5; n++) await once()
  const before = await house.cpu()
  const walls: number[] = []
  for (let n = 0; n < ASKED; n++) walls.push(await once())
  const after = await house.cpu()
  const database = (after.database ?? 0) - (before.database ?? 0)
  return { wall: median(walls), cpu: (after.server - before.server + database) / ASKED }
}
