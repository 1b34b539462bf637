-- The bell, the days on which the school is open, and who does what with whom in which block.

create table school_day (
  district_id uuid not null,
  school_id uuid not null,
  day date not null,
  type text not null,
  primary key (district_id, school_id, day)
);

create table block (
  district_id uuid not null,
  block_id uuid not null,
  school_id uuid not null,
  code text not null,
  name text not null,
  start_time time not null,
  end_time time not null,
  primary key (district_id, block_id),
  constraint ends_after_it_begins check (end_time > start_time)
);

create table assignment (
  district_id uuid not null,
  assignment_id uuid not null,
  person_id uuid not null,
  block_id uuid not null,
  day_types text[] not null,
  from_day date not null,
  to_day date,
  start_time time,
  end_time time,
  title text not null,
  place text not null,
  note text not null,
  programs uuid[] not null,
  primary key (district_id, assignment_id)
);
create index assignment_person on assignment (district_id, person_id);

-- One row a student, so that row-level security can leave out whom the reader may not see.
create table assignment_student (
  district_id uuid not null,
  assignment_id uuid not null,
  student_id uuid not null,
  primary key (district_id, assignment_id, student_id)
);

grant select on school_day, block, assignment, assignment_student to handrail_app;
grant select, insert, update, delete on school_day, block, assignment, assignment_student to handrail_system;

do $$
declare
  name text;
begin
  foreach name in array array['school_day', 'block', 'assignment', 'assignment_student'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy system on %I to handrail_system
         using (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)
         with check (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)', name);
  end loop;
end $$;

create policy members on school_day for select to handrail_app
  using (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy members on block for select to handrail_app
  using (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy own on assignment for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and person_id = nullif(current_setting('app.person', true), '')::uuid
);
create policy reach on assignment_student for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and student_id = any (nullif(current_setting('app.students', true), '')::uuid[])
  and student_id <> all (coalesce(nullif(current_setting('app.denied', true), ''), '{}')::uuid[])
);
