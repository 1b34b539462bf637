-- Imports that come again and again, who a student's guardians are, and what an import says beside the roster.

-- Which row came from which source, since when, and when it was last there: whoever is in a full export no more has
-- left, and only rows of that source are ended. `key_id`: the id that the source's own ids give; `row_id`: the row that
-- carries it now. They differ for a role or relationship that ended and began again: the time between stays closed.
create table import_row (
  district_id uuid not null,
  source text not null,
  kind text not null,
  key_id uuid not null,
  row_id uuid not null,
  first_run uuid not null,
  last_run uuid not null,
  ended_run uuid,
  primary key (district_id, source, kind, key_id)
);
create index import_row_row on import_row (district_id, row_id);

-- who did it; null = on the command line
alter table import_run add column by_id uuid;
create index import_run_at on import_run (district_id, at);

-- Who added somebody to a student's team by hand, and who took them out, and why.
alter table relationship
  add column granted_by uuid,
  add column ended_by uuid,
  add column ended_why text;

-- What an import says of a student and has no other place. It opens nothing and decides nothing.
create table student_fact (
  district_id uuid not null,
  fact_id uuid not null,
  student_id uuid not null,
  kind text not null,
  tier text not null,
  from_day date,
  to_day date,
  detail jsonb not null,
  aud integer not null,
  wing integer not null,
  primary key (district_id, fact_id)
);
create index student_fact_student on student_fact (district_id, student_id);

-- A guardian's rights are flags that are independent of each other (34 CFR 99.4): custody alone changes none of them.
-- A row is never changed: other rights are a new row, and the old one ends. Read by whoever leads at the school and by
-- its office; everybody else learns only that the office must be called before the child is handed over.
create table guardian (
  district_id uuid not null,
  guardian_id uuid not null,
  student_id uuid not null,
  person_id uuid not null,
  -- parent, guardian, or other: who is neither, and has only the rights that are given
  relation text not null,
  ferpa_access boolean not null,
  educational_decision boolean not null,
  pick_up boolean not null,
  contact_allowed boolean not null,
  receives_messages boolean not null,
  -- the registrar's number of the order, agreement or law that takes a right away
  order_doc text,
  from_day date not null,
  -- the last day on which it holds
  to_day date,
  recorded timestamptz not null,
  recorded_by uuid not null,
  ended timestamptz,
  ended_by uuid,
  ended_why text,
  -- (school, T1): the reach of the office and of whoever leads the school
  wing integer not null,
  primary key (district_id, guardian_id),
  constraint a_known_relation check (relation in ('parent', 'guardian', 'other')),
  constraint no_restriction_without_a_document check (
    coalesce(order_doc, '') <> ''
    or (contact_allowed and (relation = 'other' or (ferpa_access and educational_decision and pick_up)))
  ),
  constraint ends_after_it_begins check (to_day is null or to_day >= from_day)
);
create index guardian_student on guardian (district_id, student_id);

grant select on student_fact, guardian to handrail_app;
grant select, insert, update, delete on import_row, student_fact, guardian to handrail_system;

do $$
declare
  name text;
begin
  foreach name in array array['import_row', 'student_fact', 'guardian'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy system on %I to handrail_system
         using (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)
         with check (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)', name);
  end loop;
  foreach name in array array['student_fact', 'guardian'] loop
    execute format(
      'create policy denied on %I as restrictive for select to handrail_app using (
         student_id <> all (coalesce(nullif(current_setting(''app.denied'', true), ''''), ''{}'')::uuid[]))', name);
  end loop;
end $$;

create policy reach on student_fact for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and (
    aud = any (nullif(current_setting('app.auds', true), '')::integer[])
    or aud = any (nullif(current_setting('app.recent_auds', true), '')::integer[])
    or wing = any (nullif(current_setting('app.wings', true), '')::integer[])
  )
);
create policy reach on guardian for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and wing = any (nullif(current_setting('app.wings', true), '')::integer[])
);
