-- The rows of the last whole export of a source, as it wrote them: a later export that holds only what changed is laid
-- over them, so that what follows from all rows together (who works with whom) is right. Without passwords, telephone
-- numbers and demographics. No person reads it: only imports do.
create table roster_file (
  district_id uuid not null,
  source text not null,
  -- the name of the file without its ending
  file text not null,
  part integer not null,
  -- {"columns": […], "rows": [[…], …]}
  content text not null,
  primary key (district_id, source, file, part)
);

grant select, insert, update, delete on roster_file to handrail_system;

alter table roster_file enable row level security;
create policy system on roster_file to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
