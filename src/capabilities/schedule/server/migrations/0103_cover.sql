-- What differs from the timetable on one day: who is away, and who does their work instead. And what must be known to
-- find that out: what an assignment is for, what it needs, who is trained for it.

-- Blocks of a day that runs otherwise (early release, delay, testing, assembly) are blocks of their own, with the code
-- of the regular one. A regular block without one of its code in a variant does not take place on such a day.
alter table block add column variant text not null default 'regular';
alter table school_day add column variant text not null default 'regular';

-- school_id: whoever leads the school reads it. purpose: care, one_to_one, post, service, class, prep (domain H.3).
-- needs: tasks that only somebody trained for them may do, of any student in it.
alter table assignment
  add column school_id uuid,
  add column purpose text not null default 'class'
    constraint a_known_purpose check (purpose in ('care', 'one_to_one', 'post', 'service', 'class', 'prep')),
  add column needs text[] not null default '{}',
  add column post_id uuid;
update assignment a set school_id = b.school_id
  from block b where b.district_id = a.district_id and b.block_id = a.block_id;

-- Who may do what with whom: a nurse's delegation, a therapist's sign-off, a course. Null student = with anybody.
create table competency (
  district_id uuid not null,
  competency_id uuid not null,
  school_id uuid not null,
  person_id uuid not null,
  student_id uuid,
  task text not null,
  from_day date not null,
  -- the last day on which it holds
  to_day date,
  granted_by uuid,
  revoked timestamptz,
  primary key (district_id, competency_id)
);
create index competency_person on competency (district_id, person_id);

-- Somebody is away, for a day or a part of it. The reason is theirs and their school's leaders' (tier S).
create table absence (
  district_id uuid not null,
  absence_id uuid not null,
  school_id uuid not null,
  person_id uuid not null,
  day date not null,
  start_time time,
  end_time time,
  reason text not null,
  reported_by uuid not null,
  reported timestamptz not null,
  withdrawn timestamptz,
  primary key (district_id, absence_id),
  constraint ends_after_it_begins check (end_time is null or start_time is null or end_time > start_time)
);
create index absence_day on absence (district_id, day);
create index absence_person on absence (district_id, person_id, day);

-- On this day somebody else does this assignment; person null = nobody does, and `owner_id` answers for it. Overrides
-- the timetable for that day. seen: when the person said that they know of it.
create table assignment_day (
  district_id uuid not null,
  assignment_id uuid not null,
  day date not null,
  school_id uuid not null,
  -- whose it is by the timetable
  usual_id uuid not null,
  person_id uuid,
  owner_id uuid,
  why text not null,
  plan_id uuid not null,
  seen timestamptz,
  primary key (district_id, assignment_id, day)
);
create index assignment_day_person on assignment_day (district_id, person_id, day);
create index assignment_day_day on assignment_day (district_id, day);

grant select on competency, absence, assignment_day to handrail_app;
grant select, insert, update, delete on competency, absence, assignment_day to handrail_system;

do $$
declare
  name text;
begin
  foreach name in array array['competency', 'absence', 'assignment_day'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy system on %I to handrail_system
         using (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)
         with check (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)', name);
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

-- also to whom the work belongs by the timetable, and who answers for what nobody does
create policy usual on assignment_day for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and nullif(current_setting('app.person', true), '')::uuid in (usual_id, owner_id)
);

create policy leads on assignment for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and school_id = any (nullif(current_setting('app.leads', true), '')::uuid[])
);
