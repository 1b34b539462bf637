-- What the school owes and keeps: services in minutes, one adult for one student, posts; events of the calendar; what
-- became of minutes that were missed; and the private feed of a person's own calendar.

-- off: time without duty, a meal or a rest (domain H.2); never given away, never filled.
alter table assignment
  add column off text constraint a_known_break check (off in ('meal', 'rest'));

-- a variant has one block of a code, so that it is certain where a piece of the timetable lands
create unique index block_of_variant on block (district_id, school_id, variant, code) where variant <> 'regular';

-- IEP services: start, frequency, place, duration (34 CFR 300.320(a)(7)). Delivered minutes come from the sessions of
-- its programs.
create table service_requirement (
  district_id uuid not null,
  service_id uuid not null,
  school_id uuid not null,
  student_id uuid not null,
  service text not null,
  minutes integer not null constraint some_minutes check (minutes > 0),
  per text not null constraint a_known_period check (per in ('day', 'week', 'month', 'quarter', 'term')),
  sessions integer constraint some_sessions check (sessions > 0),
  place text not null constraint a_known_place check (place in ('gen_ed', 'sped', 'other')),
  provider text not null,
  from_day date not null,
  to_day date,
  group_max integer constraint some_group check (group_max > 0),
  programs uuid[] not null,
  recorded_by uuid,
  recorded timestamptz not null,
  primary key (district_id, service_id),
  constraint ends_after_it_begins check (to_day is null or to_day >= from_day)
);
create index service_requirement_student on service_requirement (district_id, student_id);

create table one_to_one (
  district_id uuid not null,
  one_to_one_id uuid not null,
  school_id uuid not null,
  student_id uuid not null,
  -- codes of the blocks in which the student has an adult of their own; or how many minutes of a day
  blocks text[] not null,
  minutes_a_day integer constraint some_minutes check (minutes_a_day > 0),
  level text not null,
  -- the page of the plan that says so
  authority text not null,
  -- tasks for which the adult must be trained
  qualifications text[] not null,
  relief text not null,
  from_day date not null,
  to_day date,
  recorded_by uuid,
  recorded timestamptz not null,
  primary key (district_id, one_to_one_id),
  constraint says_when check (cardinality(blocks) > 0 or minutes_a_day is not null),
  constraint ends_after_it_begins check (to_day is null or to_day >= from_day)
);
create index one_to_one_student on one_to_one (district_id, student_id);

create table duty_post (
  district_id uuid not null,
  post_id uuid not null,
  school_id uuid not null,
  name text not null,
  place text not null,
  -- code of the block in which it is kept
  code text not null,
  -- students for one adult, at most
  ratio integer constraint some_ratio check (ratio > 0),
  min_staff integer not null constraint some_staff check (min_staff > 0),
  from_day date not null,
  to_day date,
  recorded_by uuid,
  recorded timestamptz not null,
  primary key (district_id, post_id),
  constraint ends_after_it_begins check (to_day is null or to_day >= from_day)
);

-- Minutes that were missed in a period of a service, and what the case manager or a teacher decided about them.
create table make_up (
  district_id uuid not null,
  make_up_id uuid not null,
  service_id uuid not null,
  school_id uuid not null,
  student_id uuid not null,
  -- first day of the period in which they were missed
  period_from date not null,
  minutes integer not null constraint some_minutes check (minutes > 0),
  decision text not null constraint a_known_decision check (decision in ('make_up', 'not_needed')),
  on_day date,
  reason text not null,
  decided_by uuid not null,
  decided timestamptz not null,
  primary key (district_id, make_up_id),
  constraint a_day_to_make_up check ((decision = 'make_up') = (on_day is not null))
);
create index make_up_service on make_up (district_id, service_id);

create table school_event (
  district_id uuid not null,
  event_id uuid not null,
  school_id uuid not null,
  -- of the calendar it came from, with the start of the occurrence: the same again is the same
  source_id text not null,
  kind text not null constraint a_known_kind check (kind in ('event', 'closed')),
  title text not null,
  -- whole days from day to to_day; or instants
  day date not null,
  to_day date not null,
  start_at timestamptz,
  end_at timestamptz,
  recorded_by uuid,
  recorded timestamptz not null,
  primary key (district_id, event_id),
  unique (district_id, school_id, source_id),
  constraint ends_after_it_begins check (to_day >= day and (end_at is null or end_at >= start_at))
);
create index school_event_day on school_event (district_id, school_id, day);

-- The secret itself is told once; only its digest is kept.
create table calendar_feed (
  district_id uuid not null,
  feed_id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  made timestamptz not null,
  revoked timestamptz,
  primary key (district_id, feed_id)
);
create unique index calendar_feed_token on calendar_feed (district_id, token_hash);
create index calendar_feed_person on calendar_feed (district_id, person_id);

grant select on service_requirement, one_to_one, duty_post, make_up, school_event, calendar_feed to handrail_app;
grant insert on service_requirement, one_to_one, duty_post, make_up, school_event, calendar_feed to handrail_app;
grant update on service_requirement, one_to_one, duty_post, calendar_feed to handrail_app;
grant insert, update, delete on school_day, block, school_event to handrail_app;
grant select, insert, update, delete
  on service_requirement, one_to_one, duty_post, make_up, school_event, calendar_feed to handrail_system;

do $$
declare
  name text;
begin
  foreach name in array
    array['service_requirement', 'one_to_one', 'duty_post', 'make_up', 'school_event', 'calendar_feed'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy system on %I to handrail_system
         using (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)
         with check (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)', name);
  end loop;

  -- of a student: read by who works with them and who leads their school, written by who decides about their
  -- instruction and who leads their school
  foreach name in array array['service_requirement', 'one_to_one', 'make_up'] loop
    execute format(
      'create policy reach on %I for select to handrail_app using (
         district_id = nullif(current_setting(''app.district'', true), '''')::uuid
         and (student_id = any (nullif(current_setting(''app.students'', true), '''')::uuid[])
           or school_id = any (nullif(current_setting(''app.leads'', true), '''')::uuid[]))
         and student_id <> all (coalesce(nullif(current_setting(''app.denied'', true), ''''), ''{}'')::uuid[]))', name);
    execute format(
      'create policy decide on %I for insert to handrail_app with check (
         district_id = nullif(current_setting(''app.district'', true), '''')::uuid
         and (student_id = any (nullif(current_setting(''app.supervised'', true), '''')::uuid[])
           or school_id = any (nullif(current_setting(''app.leads'', true), '''')::uuid[]))
         and student_id <> all (coalesce(nullif(current_setting(''app.denied'', true), ''''), ''{}'')::uuid[]))', name);
  end loop;
  foreach name in array array['service_requirement', 'one_to_one'] loop
    execute format(
      'create policy amend on %I for update to handrail_app using (
         district_id = nullif(current_setting(''app.district'', true), '''')::uuid
         and (student_id = any (nullif(current_setting(''app.supervised'', true), '''')::uuid[])
           or school_id = any (nullif(current_setting(''app.leads'', true), '''')::uuid[]))
         and student_id <> all (coalesce(nullif(current_setting(''app.denied'', true), ''''), ''{}'')::uuid[]))', name);
  end loop;

  -- of a school: everybody of the district may know, who leads the school writes
  foreach name in array array['duty_post', 'school_event'] loop
    execute format(
      'create policy members on %I for select to handrail_app
         using (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)', name);
  end loop;
  foreach name in array array['duty_post', 'school_event', 'school_day', 'block'] loop
    execute format(
      'create policy lead_insert on %I for insert to handrail_app with check (
         district_id = nullif(current_setting(''app.district'', true), '''')::uuid
         and school_id = any (nullif(current_setting(''app.leads'', true), '''')::uuid[]))', name);
    execute format(
      'create policy lead_update on %I for update to handrail_app using (
         district_id = nullif(current_setting(''app.district'', true), '''')::uuid
         and school_id = any (nullif(current_setting(''app.leads'', true), '''')::uuid[]))', name);
    execute format(
      'create policy lead_delete on %I for delete to handrail_app using (
         district_id = nullif(current_setting(''app.district'', true), '''')::uuid
         and school_id = any (nullif(current_setting(''app.leads'', true), '''')::uuid[]))', name);
  end loop;
end $$;

create policy own on calendar_feed for all to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and person_id = nullif(current_setting('app.person', true), '')::uuid
);

-- Whose feed a secret opens: asked before anybody is known. The secret names its district.
create function feed_of(d uuid, digest bytea) returns uuid
language sql stable security definer set search_path = handrail, pg_temp as $$
  select person_id from calendar_feed where district_id = d and token_hash = digest and revoked is null
$$;
revoke execute on function feed_of(uuid, bytea) from public;
grant execute on function feed_of(uuid, bytea) to handrail_app, handrail_system;
