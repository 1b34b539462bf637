-- Quarters, terms and years as the school's own calendar has them, from imports: services that are owed by the quarter
-- or the term are counted within them. school_id null = every school of the district.
create table school_term (
  district_id uuid not null,
  term_id uuid not null,
  school_id uuid,
  source text not null,
  title text not null,
  from_day date not null,
  -- the last day
  to_day date not null,
  primary key (district_id, term_id),
  constraint ends_after_it_begins check (to_day >= from_day)
);

grant select on school_term to handrail_app;
grant select, insert, update, delete on school_term to handrail_system;

alter table school_term enable row level security;
create policy system on school_term to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy members on school_term for select to handrail_app
  using (district_id = nullif(current_setting('app.district', true), '')::uuid);
