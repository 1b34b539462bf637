-- The one table of records, what is folded from them, what was refused, and the trail of who did what.
-- No foreign keys here: the join that authorizes a row already proves that the student exists (architecture 4).

create table record (
  district_id uuid not null,
  id uuid not null,
  pos bigint not null,
  aud integer not null,
  wing integer,
  student_id uuid,
  kind text not null,
  -- c = logs what happened, a = decides or changes a plan
  act "char" not null,
  standing boolean not null,
  part text not null,
  at timestamptz not null,
  -- local date of `at` at the school, stored once (F18)
  day date not null,
  device uuid not null,
  seq integer not null,
  author uuid not null,
  uploaded_by uuid not null,
  received timestamptz not null,
  skew_ms bigint,
  replaces uuid,
  digest bytea not null,
  -- the canonical JSON whose SHA-256 is `digest`: the bytes themselves (G2)
  envelope text not null,
  primary key (district_id, id)
);
create index record_feed on record (district_id, aud, pos);
create index record_part on record (district_id, part);

-- State of a view for one partition. Dropping all of it and folding again gives the same bytes (G9).
create table projection (
  district_id uuid not null,
  view text not null,
  version integer not null,
  part text not null,
  parent text not null,
  aud integer not null,
  wing integer,
  student_id uuid,
  at timestamptz not null,
  standing boolean not null default false,
  state text not null,
  primary key (district_id, view, version, part)
);
create index projection_parent on projection (district_id, view, parent);
create index projection_aud on projection (district_id, aud, view);

-- The supervisor's inbox: bodies that were refused, kept so that nothing is lost without a person seeing it (G4, F21).
create table refused (
  district_id uuid not null,
  refused_id uuid not null,
  -- the record's own id where it had one
  id uuid,
  uploaded_by uuid not null,
  received timestamptz not null,
  code text not null,
  field text,
  message text not null,
  student_id uuid,
  digest bytea not null,
  body text not null,
  truncated boolean not null,
  resolved timestamptz,
  resolved_by uuid,
  primary key (district_id, refused_id),
  unique (district_id, uploaded_by, digest, code)
);

-- Highest seq per device and person: a hole is seen and said (F8).
create table device_seq (
  district_id uuid not null,
  device uuid not null,
  person_id uuid not null,
  high integer not null,
  seen timestamptz not null,
  primary key (district_id, device, person_id)
);

-- Append-only. Entries go in unchained, in the transaction of what they tell of; a job seals them (semantics 3.9).
create table audit (
  district_id uuid not null,
  audit_id uuid not null,
  at timestamptz not null,
  actor uuid,
  action text not null,
  detail text not null,
  primary key (district_id, audit_id)
);
create table audit_seal (
  district_id uuid not null,
  n bigint not null,
  sealed timestamptz not null,
  prev_hash text not null,
  hash text not null,
  ids uuid[] not null,
  primary key (district_id, n)
);
-- Entries no seal covers yet. Kept apart so that the trail itself is never updated.
create table audit_unsealed (
  district_id uuid not null,
  audit_id uuid not null,
  primary key (district_id, audit_id)
);
