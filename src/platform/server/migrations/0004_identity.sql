-- Sign-in lives in its own schema, apart from districts: one sign-in may belong to several. The first four tables
-- have the shape that better-auth 1.7 expects; nothing here says anything about a student.

create schema if not exists identity;

create table identity."user" (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table identity.session (
  id uuid primary key default gen_random_uuid(),
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references identity."user" (id) on delete cascade
);
create index session_by_user on identity.session ("userId");
create table identity.account (
  id uuid primary key default gen_random_uuid(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references identity."user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index account_by_user on identity.account ("userId");
create table identity.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_identifier on identity.verification (identifier);
create table identity."rateLimit" (
  id uuid primary key default gen_random_uuid(),
  key text not null unique,
  count integer not null,
  "lastRequest" bigint not null
);

-- Which person of which district a sign-in is.
create table identity.membership (
  user_id uuid not null references identity."user" (id) on delete cascade,
  district_id uuid not null,
  person_id uuid not null,
  created timestamptz not null default now(),
  primary key (user_id, district_id),
  unique (district_id, person_id)
);

grant usage on schema identity to handrail_app;
grant select, insert, update, delete on all tables in schema identity to handrail_app;

-- Who is this sign-in, and in which roles, by the district's own clock?
create function actor_of(u uuid)
returns table (district_id uuid, person_id uuid, roles text[])
language sql stable security definer set search_path = handrail, pg_temp as $$
  select m.district_id, m.person_id,
    array(
      select distinct s.role from staff_role s
      where s.district_id = m.district_id and s.person_id = m.person_id
        and s.from_at <= clock.now and (s.to_at is null or s.to_at > clock.now)
      order by s.role)
  from identity.membership m
  join district d on d.district_id = m.district_id,
  lateral (select now() + make_interval(secs => d.clock_offset_ms / 1000.0) as now) as clock
  where m.user_id = u
  order by m.created, m.district_id
  limit 1
$$;

-- Every district with what the server must know to serve it. Holds no student data.
create function districts()
returns table (district_id uuid, name text, tz text, demo boolean, clock_offset_ms bigint)
language sql stable security definer set search_path = handrail, pg_temp as $$
  select d.district_id, d.name, d.tz, d.demo, d.clock_offset_ms from district d order by d.created, d.district_id
$$;

revoke all on function actor_of, districts from public;
grant execute on function actor_of, districts to handrail_app, handrail_system;
