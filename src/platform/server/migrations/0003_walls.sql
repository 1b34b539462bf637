-- The second wall. Policies read settings only (no subselect, no lookup function), so that they stay cheap as a
-- filter and work on a distributed table; an unset setting is empty and shows no row.
-- handrail_app: what the server runs as. Owns nothing, sees what its settings say.
-- handrail_system: put on with SET LOCAL ROLE for duties that are nobody's reading: folding, sealing, loading a roster.
--   Bound to one district by the same setting.

do $$
begin
  if not exists (select from pg_roles where rolname = 'handrail_app') then
    create role handrail_app login noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'handrail_system') then
    create role handrail_system nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this cluster was faster
end $$;
grant handrail_system to handrail_app;

grant usage on schema handrail to handrail_app, handrail_system;
grant select on district, school, person, staff_role, student, relationship, aud, record, projection, refused, audit, device_seq
  to handrail_app;
grant select on role_tier to handrail_app, handrail_system;
grant insert on record, audit, audit_unsealed to handrail_app;
grant select, insert, update, delete on
  district, school, person, staff_role, student, relationship, restriction, aud, wing, intern_counter, counter,
  projection, refused, device_seq, audit_unsealed
  to handrail_system;
grant select on record, audit to handrail_system;
grant insert on audit to handrail_system;
grant select, insert on audit_seal to handrail_system;
-- positions: the app takes them as the last thing it does in a transaction
grant select, update on counter to handrail_app;

do $$
declare
  name text;
begin
  foreach name in array array[
    'district', 'school', 'person', 'staff_role', 'student', 'relationship', 'restriction', 'aud', 'wing',
    'intern_counter', 'counter', 'record', 'projection', 'refused', 'device_seq', 'audit', 'audit_seal', 'audit_unsealed'
  ] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy system on %I to handrail_system
         using (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)
         with check (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)', name);
  end loop;
  -- names that every signed-in member of staff of the district may know
  foreach name in array array['district', 'school', 'person', 'staff_role', 'counter', 'aud'] loop
    execute format(
      'create policy members on %I for select to handrail_app
         using (district_id = nullif(current_setting(''app.district'', true), '''')::uuid)', name);
  end loop;
end $$;

create policy positions on counter for update to handrail_app
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);

create policy reach on student for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and (
    student_id = any (nullif(current_setting('app.students', true), '')::uuid[])
    or wing = any (nullif(current_setting('app.wings', true), '')::integer[])
  )
);
create policy denied on student as restrictive for select to handrail_app using (
  student_id <> all (coalesce(nullif(current_setting('app.denied', true), ''), '{}')::uuid[])
);

create policy own_or_team on relationship for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and (
    person_id = nullif(current_setting('app.person', true), '')::uuid
    or student_id = any (nullif(current_setting('app.students', true), '')::uuid[])
  )
);

create policy reach on record for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and (
    aud = any (nullif(current_setting('app.auds', true), '')::integer[])
    or (
      aud = any (nullif(current_setting('app.recent_auds', true), '')::integer[])
      and (standing or at >= nullif(current_setting('app.recent_since', true), '')::timestamptz)
    )
    or wing = any (nullif(current_setting('app.wings', true), '')::integer[])
  )
);
create policy denied on record as restrictive for select to handrail_app using (
  student_id is null
  or student_id <> all (coalesce(nullif(current_setting('app.denied', true), ''), '{}')::uuid[])
);
-- The author is whoever is signed in (the sealed path of other devices comes with its signatures).
create policy write on record for insert to handrail_app with check (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and author = nullif(current_setting('app.person', true), '')::uuid
  and uploaded_by = nullif(current_setting('app.person', true), '')::uuid
  and (
    (act = 'c' and aud = any (nullif(current_setting('app.create_auds', true), '')::integer[]))
    or (act = 'a' and aud = any (nullif(current_setting('app.approve_auds', true), '')::integer[]))
  )
);

create policy reach on projection for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and (
    aud = any (nullif(current_setting('app.auds', true), '')::integer[])
    or (
      aud = any (nullif(current_setting('app.recent_auds', true), '')::integer[])
      and (standing or at >= nullif(current_setting('app.recent_since', true), '')::timestamptz)
    )
    or wing = any (nullif(current_setting('app.wings', true), '')::integer[])
  )
);
create policy denied on projection as restrictive for select to handrail_app using (
  student_id is null
  or student_id <> all (coalesce(nullif(current_setting('app.denied', true), ''), '{}')::uuid[])
);

-- Refused records of the students one decides for; and one's own, unless they tell of a student who is out of one's
-- reach now (G7: their case manager has them).
create policy own_or_supervised on refused for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and (
    (
      uploaded_by = nullif(current_setting('app.person', true), '')::uuid
      and (student_id is null or student_id = any (nullif(current_setting('app.students', true), '')::uuid[]))
    )
    or student_id = any (nullif(current_setting('app.supervised', true), '')::uuid[])
  )
);
create policy own on device_seq for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and person_id = nullif(current_setting('app.person', true), '')::uuid
);

create policy append on audit for insert to handrail_app with check (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and actor = nullif(current_setting('app.person', true), '')::uuid
);
create policy append on audit_unsealed for insert to handrail_app with check (
  district_id = nullif(current_setting('app.district', true), '')::uuid
);
create policy auditors on audit for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and nullif(current_setting('app.auditor', true), '')::boolean
);

-- What a person may read at an instant: relationships × matrix − restrictions. Computed once a request. A restriction
-- that is known to begin ends a grant as well, so that a device without a network knows it too.
create function person_grants(d uuid, p uuid, t timestamptz)
returns table (
  aud integer, scope text, of_id uuid, tier text, history_days integer, until timestamptz, can_approve boolean
)
language sql stable security definer set search_path = handrail, pg_temp as $$
  select a.aud, a.scope, a.of_id, a.tier,
    case when bool_or(m.history_days is null) then null else max(m.history_days) end,
    least(
      case when bool_or(r.to_at is null) then null else max(r.to_at) end,
      (select min(x.from_at) from restriction x
       where x.district_id = d and x.person_id = p and x.student_id = a.of_id and x.from_at > t)),
    bool_or(m.can_approve)
  from relationship r
  join role_tier m on m.role = r.role and m.can_read and m.reach = 'near'
  join aud a on a.district_id = d and a.scope = 'student' and a.of_id = r.student_id and a.tier = m.tier
  where r.district_id = d and r.person_id = p
    and r.from_at <= t and (r.to_at is null or r.to_at > t)
    and not exists (
      select from restriction x
      where x.district_id = d and x.person_id = p and x.student_id = r.student_id
        and x.from_at <= t and (x.to_at is null or x.to_at > t))
  group by a.aud, a.scope, a.of_id, a.tier
  union all
  select a.aud, a.scope, a.of_id, a.tier, null, null, false
  from aud a
  where a.district_id = d and a.scope = 'person' and a.of_id = p
$$;

-- Wings that a person's wide roles reach at an instant.
create function person_wings(d uuid, p uuid, t timestamptz)
returns table (wing integer, tier text)
language sql stable security definer set search_path = handrail, pg_temp as $$
  select distinct w.wing, w.tier
  from staff_role s
  join role_tier m on m.role = s.role and m.can_read and m.reach = 'wide'
  join wing w on w.district_id = d and w.tier = m.tier and (s.school_id is null or s.school_id = w.school_id)
  where s.district_id = d and s.person_id = p and s.from_at <= t and (s.to_at is null or s.to_at > t)
$$;

-- Students a person may not see, whatever else holds.
create function person_denied(d uuid, p uuid, t timestamptz) returns setof uuid
language sql stable security definer set search_path = handrail, pg_temp as $$
  select x.student_id from restriction x
  where x.district_id = d and x.person_id = p and x.from_at <= t and (x.to_at is null or x.to_at > t)
$$;

-- Audiences a person could write at every instant between lo and hi (semantics 3.6).
create function person_writes(d uuid, p uuid, lo timestamptz, hi timestamptz)
returns table (aud integer, can_create boolean, can_approve boolean)
language sql stable security definer set search_path = handrail, pg_temp as $$
  select a.aud, bool_or(m.can_create), bool_or(m.can_approve)
  from relationship r
  join role_tier m on m.role = r.role and (m.can_create or m.can_approve) and m.reach = 'near'
  join aud a on a.district_id = d and a.scope = 'student' and a.of_id = r.student_id and a.tier = m.tier
  where r.district_id = d and r.person_id = p
    and r.from_at <= lo and (r.to_at is null or r.to_at > hi)
    and not exists (
      select from restriction x
      where x.district_id = d and x.person_id = p and x.student_id = r.student_id
        and x.from_at <= hi and (x.to_at is null or x.to_at > lo))
  group by a.aud
  union all
  select a.aud, true, false from aud a
  where a.district_id = d and a.scope = 'person' and a.of_id = p
$$;

revoke all on function person_grants, person_wings, person_denied, person_writes from public;
grant execute on function person_grants, person_wings, person_denied, person_writes to handrail_app, handrail_system;

-- Restrictions of a person with their dates, for the first wall, which judges writing at the time of the act.
create function person_restrictions(d uuid, p uuid)
returns table (student_id uuid, from_at timestamptz, to_at timestamptz)
language sql stable security definer set search_path = handrail, pg_temp as $$
  select x.student_id, x.from_at, x.to_at from restriction x where x.district_id = d and x.person_id = p
$$;
revoke all on function person_restrictions from public;
grant execute on function person_restrictions to handrail_app, handrail_system;
