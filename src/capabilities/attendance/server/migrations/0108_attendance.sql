-- The office's attendance, and what became of its disagreements with what the adults saw. Both are added to and never
-- changed: the newest row of a student's day holds, and the ones before it say what was held before.

create table attendance_official (
  district_id uuid not null,
  -- made by who says it: said twice, it stands once
  said_id uuid not null,
  student_id uuid not null,
  day date not null,
  code text not null
    constraint a_known_code check (code in ('present', 'absent', 'late', 'left_early', 'school_activity')),
  said_by uuid not null,
  said timestamptz not null,
  -- which one of the student's day it is
  n integer not null,
  primary key (district_id, said_id, student_id)
);
create index attendance_official_day on attendance_official (district_id, day, student_id);

-- Why an official code and a mark of an adult may both stay; of exactly those two.
create table attendance_settled (
  district_id uuid not null,
  settled_id uuid not null,
  student_id uuid not null,
  day date not null,
  official text not null,
  seen text not null,
  reason text not null,
  note text,
  settled_by uuid not null,
  settled timestamptz not null,
  primary key (district_id, settled_id)
);
create index attendance_settled_day on attendance_settled (district_id, day, student_id);

-- Nobody reads them by themselves: the routes look up whose students they are under the policies of the students first.
grant select, insert on attendance_official, attendance_settled to handrail_system;
grant delete on attendance_official, attendance_settled to handrail_system;

do $$
declare
  name text;
begin
  foreach name in array array['attendance_official', 'attendance_settled'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy system on %I to handrail_system
         using (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)
         with check (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)', name);
  end loop;
end $$;

-- Whose day is planned with which students, from the students.
create index assignment_student_of on assignment_student (district_id, student_id);

-- Days on which a program of these students was planned and nothing was recorded, for a reason that is known without
-- anybody saying it: the student was absent in every block that was marked; or the adult was away, and whoever came
-- instead was nobody, or a substitute whose block is over. As a timetable says and as it was changed, never more than
-- that: who is there and records nothing still owes a reason. Asked by the house for students whom the asker may read.
create function days_not_run(district uuid, students uuid[], since date, at timestamptz, tz text)
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
  ), absent as (
    select p.student_id, (p.state::jsonb ->> 'day')::date as day
    from projection p
    where p.district_id = district and p.view = 'attendance.day'
      and p.parent = any (select 'student:' || one from unnest(students) as one)
      and p.student_id = any (students) and (p.state::jsonb -> 'absent')::boolean
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
      and s.day in (select day from absent union select day from away union select day from changed)
  ), runs as (
    select m.assignment_id, unnest(m.programs) as program, d.day,
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
      ) as nobody
    from runs join plan on plan.program = runs.program
    group by plan.program, plan.student_id, runs.day
  )
  select planned.program, planned.day,
    case when absent.student_id is not null then 'student_absent' else 'staff_absent' end
  from planned
  left join absent on absent.student_id = planned.student_id and absent.day = planned.day
  where (planned.nobody or absent.student_id is not null)
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
