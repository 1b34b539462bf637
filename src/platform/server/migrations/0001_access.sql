-- Who exists, who may work with whom, and what a role may do: what both walls are built on.
-- The roster capability fills these tables; ingest, feed and the policies read them.
-- Every table begins its keys with district_id: a district is the unit of everything (architecture 4).

create table district (
  district_id uuid primary key,
  name text not null,
  tz text not null,
  demo boolean not null default false,
  clock_offset_ms bigint not null default 0,
  created timestamptz not null default now(),
  constraint only_a_demo_shifts_its_clock check (demo or clock_offset_ms = 0)
);

create table school (
  district_id uuid not null,
  school_id uuid not null,
  source_id text not null,
  name text not null,
  kind text not null,
  parent_id uuid,
  primary key (district_id, school_id),
  unique (district_id, source_id)
);

create table person (
  district_id uuid not null,
  person_id uuid not null,
  source_id text not null,
  given text not null,
  family text not null,
  email text,
  primary key (district_id, person_id),
  unique (district_id, source_id)
);

create table staff_role (
  district_id uuid not null,
  role_id uuid not null,
  person_id uuid not null,
  role text not null,
  school_id uuid,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (district_id, role_id)
);
create index staff_role_person on staff_role (district_id, person_id);

create table student (
  district_id uuid not null,
  student_id uuid not null,
  source_id text not null,
  given text not null,
  family text not null,
  preferred text,
  initials text not null,
  color smallint not null,
  grade text,
  school_id uuid not null,
  -- the (school, T0) wing, for wide roles
  wing integer not null,
  ended timestamptz,
  primary key (district_id, student_id),
  unique (district_id, source_id)
);

create table relationship (
  district_id uuid not null,
  relationship_id uuid not null,
  person_id uuid not null,
  student_id uuid not null,
  role text not null,
  from_at timestamptz not null,
  to_at timestamptz,
  source text not null,
  why text not null,
  recorded timestamptz not null default now(),
  primary key (district_id, relationship_id),
  constraint ends_after_it_begins check (to_at is null or to_at >= from_at)
);
create index relationship_person on relationship (district_id, person_id, student_id);
create index relationship_student on relationship (district_id, student_id);

-- Court order, own child, investigation: wins over every relationship and role.
create table restriction (
  district_id uuid not null,
  restriction_id uuid not null,
  person_id uuid not null,
  student_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz,
  document text not null,
  primary key (district_id, restriction_id)
);
create index restriction_person on restriction (district_id, person_id);

-- The permission matrix of the second wall. The first wall has its own copy in words (platform/server/matrix.ts);
-- a test compares the two.
create table role_tier (
  role text not null,
  tier text not null,
  can_read boolean not null,
  can_create boolean not null,
  can_approve boolean not null,
  -- near: through a relationship with the student; wide: through a role at the student's school
  reach text not null check (reach in ('near', 'wide')),
  -- school days of history; null = all
  history_days integer,
  primary key (role, tier)
);

insert into role_tier (role, tier, can_read, can_create, can_approve, reach, history_days)
select role, tier, true, level >= 2, level >= 3, reach, history
from (values
  --                    T0 T1 T2 T3 T4 T5   1 = read, 2 = and create, 3 = and approve
  ('para',          array[1, 1, 2, 2, 2, 0], 'near', null::integer),
  ('substitute',    array[1, 1, 2, 2, 0, 0], 'near', 10),
  ('case_manager',  array[3, 3, 3, 3, 1, 2], 'near', null),
  ('gened_teacher', array[1, 1, 2, 2, 0, 0], 'near', null),
  ('ot',            array[1, 1, 3, 1, 3, 0], 'near', null),
  ('pt',            array[1, 1, 3, 1, 3, 0], 'near', null),
  ('slp',           array[1, 1, 3, 1, 3, 0], 'near', null),
  ('bcba',          array[1, 1, 3, 3, 1, 0], 'near', null),
  ('counselor',     array[1, 1, 1, 1, 0, 3], 'near', null),
  ('nurse',         array[1, 3, 1, 1, 3, 0], 'near', null),
  ('gt_teacher',    array[1, 1, 3, 0, 0, 0], 'near', null),
  ('bus',           array[1, 1, 0, 0, 0, 0], 'near', null),
  ('coordinator',   array[1, 1, 1, 1, 1, 1], 'wide', null),
  ('administrator', array[1, 1, 1, 1, 1, 1], 'wide', null),
  ('office',        array[1, 1, 0, 0, 0, 0], 'wide', null)
) as matrix (role, levels, reach, history),
lateral unnest(levels) with ordinality as cell (level, n),
lateral (select 'T' || (n - 1) as tier) as named
where level > 0;

-- (scope, tier) interned as a small number: what every record and projection row carries.
create table aud (
  district_id uuid not null,
  aud integer not null,
  scope text not null,
  of_id uuid not null,
  tier text not null,
  primary key (district_id, aud),
  unique (district_id, scope, of_id, tier)
);

-- (school, tier) interned: the reach of wide roles.
create table wing (
  district_id uuid not null,
  wing integer not null,
  school_id uuid not null,
  tier text not null,
  primary key (district_id, wing),
  unique (district_id, school_id, tier)
);

-- Next numbers for aud and wing. Apart from `counter`, so that naming an audience never waits for a writer.
create table intern_counter (
  district_id uuid primary key,
  next_aud integer not null default 1,
  next_wing integer not null default 1
);

-- Feed positions. Locked last in every writing transaction, so positions appear in commit order (G5).
create table counter (
  district_id uuid primary key,
  epoch uuid not null,
  head bigint not null default 0,
  head_id uuid,
  -- records up to here are covered by a backup
  safe_pos bigint not null default 0
);
