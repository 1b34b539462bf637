-- Who has looked at what an adult asked the nurse to look at. The concern itself is in the record of the visit or the
-- meal (tier T4) and is read from there; here is only that somebody has seen it, as it stood.

create table care_seen (
  district_id uuid not null,
  -- the record that first told of the visit or the meal, whatever corrected it since
  concern_id uuid not null,
  person_id uuid not null,
  -- what was seen: skin, or the safety events; a correction that says more is looked at again
  signs text not null,
  seen timestamptz not null,
  -- of the record, so that this is read by whoever may read that
  aud integer not null,
  wing integer,
  student_id uuid not null,
  primary key (district_id, concern_id, person_id, signs)
);

alter table care_seen enable row level security;
grant select, insert on care_seen to handrail_app;
grant select, insert, update, delete on care_seen to handrail_system;
create policy system on care_seen to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy reach on care_seen for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and (
    aud = any (nullif(current_setting('app.auds', true), '')::integer[])
    or wing = any (nullif(current_setting('app.wings', true), '')::integer[])
  )
);
create policy see on care_seen for insert to handrail_app with check (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and person_id = nullif(current_setting('app.person', true), '')::uuid
  and (
    aud = any (nullif(current_setting('app.auds', true), '')::integer[])
    or wing = any (nullif(current_setting('app.wings', true), '')::integer[])
  )
);
create policy denied on care_seen as restrictive to handrail_app using (
  student_id <> all (coalesce(nullif(current_setting('app.denied', true), ''), '{}')::uuid[])
);
