-- How somebody showed that they can do what they are trained for (domain L.3): by whom they were taught, in what role,
-- by which steps, what of the checklist they did, on which day, before whom. Null: nobody has said.
alter table competency
  add column trainer_id uuid,
  add column trainer_role text,
  add column method text[],
  add column steps_done smallint,
  add column steps_of smallint,
  add column shown_on date,
  add column observer_id uuid,
  add constraint steps_are_some check (steps_of is null or (steps_of > 0 and steps_done between 0 and steps_of));

-- On one day somebody may do a task with a student without being trained for it, while an adult who is stands beside
-- them. Who allowed it, and why, stays to be read; taken back, it holds no longer.
create table competency_override (
  district_id uuid not null,
  override_id uuid not null,
  school_id uuid not null,
  person_id uuid not null,
  student_id uuid not null,
  task text not null,
  day date not null,
  beside_id uuid not null,
  reason text not null,
  allowed_by uuid not null,
  allowed timestamptz not null,
  revoked timestamptz,
  primary key (district_id, override_id),
  constraint somebody_else check (beside_id <> person_id)
);
create index competency_override_day on competency_override (district_id, school_id, day);

grant select on competency_override to handrail_app;
grant select, insert, update, delete on competency_override to handrail_system;
alter table competency_override enable row level security;
create policy system on competency_override to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy leads on competency_override for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and school_id = any (nullif(current_setting('app.leads', true), '')::uuid[])
);
-- whoever may, and whoever stands beside them
create policy own on competency_override for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and nullif(current_setting('app.person', true), '')::uuid in (person_id, beside_id)
);
