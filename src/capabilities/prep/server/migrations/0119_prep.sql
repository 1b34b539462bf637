-- What an adult is asked to prepare: copies, a board, a kit (domain J, prep queue). About staff and lessons, never about a
-- student, so rows and commands (docs/adr/0015-acts-about-staff.md). Whoever asks and whoever is asked reads it, and who
-- leads the school. Nothing is deleted.
create table prep_task (
  district_id uuid not null,
  task_id uuid not null,
  -- null: of an adult of the whole district
  school_id uuid,
  person_id uuid not null,
  asked_by uuid not null,
  asked timestamptz not null,
  kind text not null constraint a_known_kind
    check (kind in ('copy', 'laminate', 'adapt', 'board', 'kit', 'set_up', 'collect', 'other')),
  what text not null,
  quantity integer constraint some_of_it check (quantity > 0),
  for_class text not null,
  due timestamptz not null,
  status text not null constraint a_known_status
    check (status in ('asked', 'started', 'done', 'cannot', 'withdrawn')),
  reason text,
  changed timestamptz not null,
  primary key (district_id, task_id),
  constraint says_why_not check ((status = 'cannot') = (reason is not null))
);
create index prep_task_person on prep_task (district_id, person_id, due);
create index prep_task_asked_by on prep_task (district_id, asked_by, due);

grant select on prep_task to handrail_app;
grant select, insert, update, delete on prep_task to handrail_system;

alter table prep_task enable row level security;
create policy system on prep_task to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy both_ends on prep_task for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and nullif(current_setting('app.person', true), '')::uuid in (person_id, asked_by)
);
create policy leads on prep_task for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and school_id = any (nullif(current_setting('app.leads', true), '')::uuid[])
);
