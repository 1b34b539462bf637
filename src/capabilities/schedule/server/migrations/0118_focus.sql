-- The sentence that a school sets before everybody for some days: "Show respect" (domain A, 1.1). Said by who leads the
-- school, read by everybody of the district; one that is taken back stays to be read.
create table school_focus (
  district_id uuid not null,
  focus_id uuid not null,
  school_id uuid not null,
  from_day date not null,
  to_day date not null,
  -- by language, JSON: {"en": "Show respect", "es": "Muestra respeto"}
  words text not null,
  recorded_by uuid,
  recorded timestamptz not null,
  withdrawn timestamptz,
  primary key (district_id, focus_id),
  constraint ends_after_it_begins check (to_day >= from_day)
);
create index school_focus_day on school_focus (district_id, school_id, to_day);

grant select, insert, update on school_focus to handrail_app;
grant select, insert, update, delete on school_focus to handrail_system;

alter table school_focus enable row level security;
create policy system on school_focus to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy members on school_focus for select to handrail_app
  using (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy lead_insert on school_focus for insert to handrail_app with check (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and school_id = any (nullif(current_setting('app.leads', true), '')::uuid[])
);
create policy lead_update on school_focus for update to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and school_id = any (nullif(current_setting('app.leads', true), '')::uuid[])
);
