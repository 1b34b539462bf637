-- Sections and enrollments as the student information system tells them, and the log of imports.

create table section (
  district_id uuid not null,
  section_id uuid not null,
  source_id text not null,
  school_id uuid not null,
  title text not null,
  course text,
  terms text[] not null,
  primary key (district_id, section_id),
  unique (district_id, source_id)
);

create table enrollment (
  district_id uuid not null,
  enrollment_id uuid not null,
  source_id text not null,
  section_id uuid not null,
  student_id uuid,
  person_id uuid,
  role text not null,
  from_day date,
  to_day date,
  primary key (district_id, enrollment_id)
);
create index enrollment_section on enrollment (district_id, section_id);
create index enrollment_student on enrollment (district_id, student_id);

create table import_run (
  district_id uuid not null,
  import_id uuid not null,
  source text not null,
  at timestamptz not null,
  report text not null,
  primary key (district_id, import_id)
);

grant select on section, enrollment to handrail_app;
grant select, insert, update, delete on section, enrollment, import_run to handrail_system;

alter table section enable row level security;
alter table enrollment enable row level security;
alter table import_run enable row level security;

create policy system on section to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy system on enrollment to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy system on import_run to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);

create policy members on section for select to handrail_app
  using (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy reach on enrollment for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and (
    person_id = nullif(current_setting('app.person', true), '')::uuid
    or student_id = any (nullif(current_setting('app.students', true), '')::uuid[])
  )
);
