-- Plans of cover, who is at work when, who said that they know of a plan, and breaks that were missed.

-- A task whose students need different adults is done by several: one row each, with their students. Null: all of them.
alter table assignment_day
  add column part smallint not null default 0,
  add column students uuid[],
  drop constraint assignment_day_pkey,
  add primary key (district_id, assignment_id, day, part);

-- When somebody works, where that is not the school's own day; and on which days a substitute comes.
create table work_hours (
  district_id uuid not null,
  hours_id uuid not null,
  school_id uuid not null,
  person_id uuid not null,
  from_day date not null,
  to_day date,
  start_time time not null,
  end_time time not null,
  recorded_by uuid,
  recorded timestamptz not null,
  primary key (district_id, hours_id),
  constraint ends_after_it_begins check (end_time > start_time and (to_day is null or to_day >= from_day))
);
create index work_hours_person on work_hours (district_id, person_id);

-- Read by nobody but the house: it holds what it was made from, and students out of a leader's reach are left out of
-- what they are told of it.
create table coverage_plan (
  district_id uuid not null,
  plan_id uuid not null,
  school_id uuid not null,
  day date not null,
  -- prepared: made ahead for the case that this person calls out
  status text not null constraint a_known_status check (status in ('prepared', 'proposed', 'approved', 'replaced')),
  for_person uuid,
  made timestamptz not null,
  made_by uuid,
  -- the day as it was (canonical JSON) and its SHA-256: a plan of another day is not approved
  input text not null,
  digest text not null,
  -- who does each part, in the order of the parts
  taken text not null,
  approved timestamptz,
  approved_by uuid,
  primary key (district_id, plan_id)
);
create index coverage_plan_day on coverage_plan (district_id, school_id, day);

-- Whom a plan changes the day of, and when they said that they know.
create table coverage_notice (
  district_id uuid not null,
  plan_id uuid not null,
  person_id uuid not null,
  school_id uuid not null,
  day date not null,
  seen timestamptz,
  primary key (district_id, plan_id, person_id)
);
create index coverage_notice_person on coverage_notice (district_id, person_id, day);

-- Minutes of a break or a duty-free meal that somebody did not have; said by themselves.
create table break_missed (
  district_id uuid not null,
  missed_id uuid not null,
  school_id uuid not null,
  person_id uuid not null,
  day date not null,
  kind text not null constraint a_known_break check (kind in ('meal', 'rest')),
  minutes smallint not null constraint some_minutes check (minutes > 0),
  recorded timestamptz not null,
  primary key (district_id, missed_id)
);
create index break_missed_person on break_missed (district_id, person_id);

grant select on work_hours, coverage_notice, break_missed to handrail_app;
grant select, insert, update, delete on work_hours, coverage_plan, coverage_notice, break_missed to handrail_system;

do $$
declare
  name text;
begin
  foreach name in array array['work_hours', 'coverage_plan', 'coverage_notice', 'break_missed'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy system on %I to handrail_system
         using (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)
         with check (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)', name);
  end loop;
  foreach name in array array['work_hours', 'coverage_notice', 'break_missed'] loop
    execute format(
      'create policy leads on %I for select to handrail_app using (
         district_id = nullif(current_setting(''app.district'', true), '''')::uuid
         and school_id = any (nullif(current_setting(''app.leads'', true), '''')::uuid[]))', name);
    execute format(
      'create policy own on %I for select to handrail_app using (
         district_id = nullif(current_setting(''app.district'', true), '''')::uuid
         and person_id = nullif(current_setting(''app.person'', true), '''')::uuid)', name);
  end loop;
end $$;
