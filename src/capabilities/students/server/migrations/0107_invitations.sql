-- A substitute comes in by a link that opens once, on their own device, until the end of the shift.

create table invitation (
  district_id uuid not null,
  invitation_id uuid not null,
  school_id uuid not null,
  person_id uuid not null,
  -- SHA-256 of the link's secret: who reads this table cannot come in by it
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  made timestamptz not null,
  made_by uuid not null,
  -- the end of the shift
  ends timestamptz not null,
  opened timestamptz,
  -- a newer one for the same person took its place
  withdrawn timestamptz,
  primary key (district_id, invitation_id),
  constraint ends_after_it_is_made check (ends > made)
);
create index invitation_person on invitation (district_id, person_id);

alter table invitation enable row level security;
grant select, insert on invitation to handrail_app;
grant select, insert, update, delete on invitation to handrail_system;
create policy system on invitation to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy leads on invitation for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and school_id = any (nullif(current_setting('app.leads', true), '')::uuid[])
);
create policy invite on invitation for insert to handrail_app with check (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and school_id = any (nullif(current_setting('app.leads', true), '')::uuid[])
  and made_by = nullif(current_setting('app.person', true), '')::uuid
);

-- A session that began with an invitation is not prolonged by being used: whatever its renewal says, this is its end.
alter table identity.session add column "endsAt" timestamptz;
create function identity.cap_session() returns trigger
language plpgsql set search_path = identity, pg_temp as $$
begin
  if new."expiresAt" > new."endsAt" then new."expiresAt" := new."endsAt"; end if;
  return new;
end $$;
create trigger cap before insert or update on identity.session
  for each row when (new."endsAt" is not null) execute function identity.cap_session();
