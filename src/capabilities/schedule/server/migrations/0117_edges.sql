-- Two things the house knows by itself, at the edges of a day (domain C.3).

-- Why a planned day has no record, as 0108 says it, but block by block: a student who comes late was absent in what was
-- over by then and is to be taught from then on. What awayIn says on a device (attendance/rules.ts) is said here for
-- every run; a day on which every mark says absent is still absent as a whole.
create or replace function days_not_run(district uuid, students uuid[], since date, at timestamptz, tz text)
returns table (program uuid, day date, reason text)
language sql stable set search_path = handrail, pg_temp as $$
  with plan as (
    select distinct r.student_id, split_part(r.part, '/T2/program:', 2)::uuid as program
    from record r
    where r.district_id = district and r.student_id = any (students) and r.kind = 'sessions.program'
  ), mine as (
    select distinct a.assignment_id, a.person_id, a.day_types, a.from_day, a.to_day, a.programs,
      a.start_time, a.end_time, b.school_id, b.block_id, b.code, b.variant, b.start_time as opens, b.end_time as closes
    from assignment_student x
    join assignment a on a.district_id = district and a.assignment_id = x.assignment_id
    join block b on b.district_id = district and b.block_id = a.block_id
    where x.district_id = district and x.student_id = any (students) and cardinality(a.programs) > 0
  ), marked as (
    select p.student_id, (p.state::jsonb ->> 'day')::date as day, (p.state::jsonb -> 'absent')::boolean as whole,
      p.state::jsonb -> 'marks' as marks
    from projection p
    where p.district_id = district and p.view = 'attendance.day'
      and p.parent = any (select 'student:' || one from unnest(students) as one)
      and p.student_id = any (students) and p.state::jsonb -> 'marks' @> '[{"state":"absent"}]'
  ), away as (
    select n.person_id, n.day, n.start_time, n.end_time
    from absence n
    where n.district_id = district and n.withdrawn is null and n.person_id in (select person_id from mine)
  ), changed as (
    select c.assignment_id, c.day, c.person_id
    from assignment_day c
    where c.district_id = district and c.assignment_id in (select assignment_id from mine)
  ), days as (
    select s.school_id, s.day, s.type, s.variant
    from school_day s
    where s.district_id = district and s.day between since and (at at time zone tz)::date
      and s.day in (select day from marked union select day from away union select day from changed)
  ), runs as (
    select m.assignment_id, unnest(m.programs) as program, d.day, r.code,
      (d.day + case when r.block_id = m.block_id then coalesce(m.start_time, r.start_time) else r.start_time end)
        at time zone tz as starts,
      (d.day + case when r.block_id = m.block_id then coalesce(m.end_time, r.end_time) else r.end_time end)
        at time zone tz as ends,
      c.assignment_id is not null or w.person_id is not null as without_usual,
      case when c.assignment_id is not null then c.person_id
        when w.person_id is not null then null else m.person_id end as doer
    from days d
    join mine m on m.school_id = d.school_id and d.type = any (m.day_types)
      and m.from_day <= d.day and (m.to_day is null or m.to_day >= d.day)
    join block r on r.district_id = district and r.school_id = m.school_id
      and case when m.variant = d.variant then r.block_id = m.block_id
        else m.variant = 'regular' and r.variant = d.variant and r.code = m.code end
    left join changed c on c.assignment_id = m.assignment_id and c.day = d.day
    left join lateral (
      select n.person_id from away n
      where n.person_id = m.person_id and n.day = d.day
        and coalesce(n.start_time, time '00:00') < coalesce(m.end_time, m.closes)
        and coalesce(n.end_time, time '24:00') > coalesce(m.start_time, m.opens)
      limit 1
    ) w on true
  ), planned as (
    select plan.program, plan.student_id, runs.day,
      bool_or(runs.without_usual) and bool_and(
        runs.doer is null
        or runs.ends <= at and exists (
          select from staff_role s
          where s.district_id = district and s.person_id = runs.doer and s.role = 'substitute'
            and s.from_at <= at and (s.to_at is null or s.to_at > runs.ends))
      ) as nobody,
      bool_and(coalesce(marked.whole or coalesce(own.gone, earlier.gone), false)) as absent
    from runs
    join plan on plan.program = runs.program
    left join marked on marked.student_id = plan.student_id and marked.day = runs.day
    -- the last mark of the block itself
    left join lateral (
      select mark ->> 'state' = 'absent' or mark ->> 'state' = 'late'
        and runs.starts + make_interval(mins => coalesce((mark ->> 'minutes')::integer, 0)) >= runs.ends as gone
      from jsonb_array_elements(marked.marks) with ordinality as all_marks (mark, n)
      where mark ->> 'block' = runs.code
      order by n desc limit 1
    ) own on true
    -- without one, the last mark before its end
    left join lateral (
      select mark ->> 'state' = 'absent' as gone
      from jsonb_array_elements(marked.marks) with ordinality as all_marks (mark, n)
      where (mark ->> 'at')::timestamptz < runs.ends
      order by n desc limit 1
    ) earlier on true
    group by plan.program, plan.student_id, runs.day
  )
  select planned.program, planned.day, case when planned.absent then 'student_absent' else 'staff_absent' end
  from planned
  where (planned.nobody or planned.absent)
    and not exists (
      select from projection p
      where p.district_id = district and p.parent = 'program:' || planned.program
        and p.view in ('sessions.session', 'behavior.log', 'care.log') and p.student_id = planned.student_id
        and p.at >= planned.day::timestamp at time zone tz
        and case when p.view = 'sessions.session' then p.state::jsonb ->> 'day' = planned.day::text
          else p.state::jsonb -> 'entries' @> jsonb_build_array(jsonb_build_object('day', planned.day::text)) end)
  order by planned.day, planned.program
$$;
revoke execute on function days_not_run from public;
grant execute on function days_not_run to handrail_system;

-- Sessions whose times nobody has stood for yet: the device that sent a part of them was more than five minutes away
-- from the house's clock (skew_ms = the house's time - the device's), and nobody has said since whether the times are right
-- (sessions.times). What is billed, or stands as who had whom, is final only without a row here. Asked by the house for
-- students whom the asker may read.
create index record_clock_off on record (district_id, student_id) where skew_ms not between -300000 and 300000;

create function times_in_doubt(district uuid, students uuid[])
returns table (program uuid, session uuid, author uuid, at timestamptz, off_ms bigint)
language sql stable set search_path = handrail, pg_temp as $$
  select (p.state::jsonb ->> 'program')::uuid, (p.state::jsonb ->> 'session')::uuid, (p.state::jsonb ->> 'by')::uuid,
    min(p.at), (array_agg(r.skew_ms order by abs(r.skew_ms) desc, r.skew_ms))[1]
  from record r
  join projection p on p.district_id = r.district_id and p.view = 'sessions.session' and p.part = r.part
    and p.student_id = r.student_id
  where r.district_id = district and r.student_id = any (students) and r.skew_ms not between -300000 and 300000
    and r.kind like 'sessions.%' and not p.state::jsonb ? 'times'
  group by 1, 2, 3
  order by 4, 2
$$;
revoke execute on function times_in_doubt from public;
grant execute on function times_in_doubt to handrail_system;
