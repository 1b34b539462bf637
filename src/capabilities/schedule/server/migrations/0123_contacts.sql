-- Whom to call at a school: the numbers that a substitute's brief names, and the words for a crisis (domain H.4). Kept by
-- who leads the school, read with the day by everybody of the district. Numbers of places, not of people.
create table school_contact (
  district_id uuid not null,
  school_id uuid not null,
  office text not null,
  teacher text not null,
  nurse text not null,
  crisis text not null,
  -- what to say in a crisis
  words text not null,
  recorded_by uuid,
  recorded timestamptz not null,
  primary key (district_id, school_id)
);

grant select on school_contact to handrail_app;
grant select, insert, update, delete on school_contact to handrail_system;

alter table school_contact enable row level security;
create policy system on school_contact to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy members on school_contact for select to handrail_app
  using (district_id = nullif(current_setting('app.district', true), '')::uuid);
