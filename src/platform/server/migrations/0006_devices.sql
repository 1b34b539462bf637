-- Devices: whose they are, which keys they sign with, and which of the records they made have arrived (F8); and the
-- sealed path, on which one person carries what another made.

-- A signing key of one person on one device, registered at each sign-in.
create table device_key (
  district_id uuid not null,
  key_id uuid not null,
  device uuid not null,
  person_id uuid not null,
  -- an uncompressed P-256 point
  public_key bytea not null check (octet_length(public_key) = 65),
  -- kind of machine and browser, in the person's own list of devices
  label text not null,
  opened timestamptz not null,
  seen timestamptz not null,
  revoked timestamptz,
  -- the row of identity.session it was opened in, so that a remote sign-out ends that too
  session_id uuid,
  primary key (district_id, key_id)
);
create index device_key_person on device_key (district_id, person_id);
create index device_key_device on device_key (district_id, device);

alter table device_key enable row level security;
grant select on device_key to handrail_app;
grant select, insert, update, delete on device_key to handrail_system;
create policy system on device_key to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy own on device_key for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and person_id = nullif(current_setting('app.person', true), '')::uuid
);

-- A remote sign-out deletes the sessions in the transaction that revokes the keys.
grant usage on schema identity to handrail_system;
grant select (id), delete on identity.session to handrail_system;

-- What of 1..top has not arrived, the first of it, and how many they are.
create function seqs_missing(arrived int8multirange, top integer) returns int8multirange
language sql immutable parallel safe as $$
  select case when top < 1 then '{}'::int8multirange else int8multirange(int8range(1, top, '[]')) - arrived end
$$;
create function first_missing(arrived int8multirange, top integer) returns bigint
language sql immutable parallel safe as $$
  select lower(case when top < 1 then '{}'::int8multirange else int8multirange(int8range(1, top, '[]')) - arrived end)
$$;
create function count_missing(arrived int8multirange, top integer) returns bigint
language sql immutable parallel safe set search_path = handrail, pg_temp as $$
  select coalesce(sum(upper(r) - lower(r)), 0)::bigint from unnest(seqs_missing(arrived, top)) as r
$$;
create function epoch_ms(t timestamptz) returns bigint
language sql immutable parallel safe as $$
  select floor(extract(epoch from t) * 1000)::bigint
$$;

alter table device_seq
  -- every seq that came, whether it was accepted or refused
  add column arrived int8multirange not null default '{}',
  -- the highest seq the device said it made
  add column announced integer not null default 0,
  -- since when the first seq that is missing has been missing; null = none is
  add column gap_since timestamptz;

update device_seq s
set arrived = coalesce(
  (select range_agg(int8range(r.seq, r.seq, '[]')) from record r
   where r.district_id = s.district_id and r.device = s.device and r.author = s.person_id),
  '{}');
update device_seq set gap_since = seen where not isempty(seqs_missing(arrived, high));

-- Whose record it says it is; the uploader carried it. Null: it could not be opened. Claimed only, where the code says
-- that the signature is not that person's.
alter table refused add column author uuid;
update refused set author = uploaded_by;

drop policy own_or_supervised on refused;
create policy own_or_supervised on refused for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and (
    (
      coalesce(author, uploaded_by) = nullif(current_setting('app.person', true), '')::uuid
      and (student_id is null or student_id = any (nullif(current_setting('app.students', true), '')::uuid[]))
    )
    or student_id = any (nullif(current_setting('app.supervised', true), '')::uuid[])
  )
);

-- On the sealed path the author is whose key signed, and the uploader whoever is signed in; otherwise they are one.
drop policy write on record;
create policy write on record for insert to handrail_app with check (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and author = nullif(current_setting('app.person', true), '')::uuid
  and uploaded_by = coalesce(
    nullif(current_setting('app.uploader', true), ''), nullif(current_setting('app.person', true), ''))::uuid
  and (
    (act = 'c' and aud = any (nullif(current_setting('app.create_auds', true), '')::integer[]))
    or (act = 'a' and aud = any (nullif(current_setting('app.approve_auds', true), '')::integer[]))
  )
);
drop policy append on audit;
create policy append on audit for insert to handrail_app with check (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and actor = coalesce(
    nullif(current_setting('app.uploader', true), ''), nullif(current_setting('app.person', true), ''))::uuid
);

-- Who is this sign-in, and in which roles, by the district's own clock? And was the key of the device that asks revoked?
drop function actor_of(uuid);
create function actor_of(u uuid, k uuid default null)
returns table (district_id uuid, person_id uuid, roles text[], revoked boolean)
language sql stable security definer set search_path = handrail, pg_temp as $$
  select m.district_id, m.person_id,
    array(
      select distinct s.role from staff_role s
      where s.district_id = m.district_id and s.person_id = m.person_id
        and s.from_at <= clock.now and (s.to_at is null or s.to_at > clock.now)
      order by s.role),
    exists (
      select from device_key key
      where key.district_id = m.district_id and key.key_id = k and key.revoked is not null)
  from identity.membership m
  join district d on d.district_id = m.district_id,
  lateral (select now() + make_interval(secs => d.clock_offset_ms / 1000.0) as now) as clock
  where m.user_id = u
  order by m.created, m.district_id
  limit 1
$$;

-- For a device whose session is gone: was it signed out from elsewhere? Its district is not known any more.
create function key_revoked(k uuid) returns boolean
language sql stable security definer set search_path = handrail, pg_temp as $$
  select exists (
    select from district d
    join device_key key on key.district_id = d.district_id and key.key_id = k
    where key.revoked is not null)
$$;

revoke all on function actor_of, key_revoked from public;
grant execute on function actor_of, key_revoked to handrail_app;
