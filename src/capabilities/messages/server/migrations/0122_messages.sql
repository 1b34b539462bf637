-- A short message from one adult to another that is not about a student, and what came back (domain I.1). What is about a
-- student is a record. Both ends read it, and nobody else; nothing is deleted.
create table staff_message (
  district_id uuid not null,
  message_id uuid not null,
  school_id uuid,
  person_id uuid not null,
  sent_by uuid not null,
  sent timestamptz not null,
  words text not null,
  read timestamptz,
  answer text,
  primary key (district_id, message_id),
  constraint read_before_answered check (answer is null or read is not null)
);
create index staff_message_person on staff_message (district_id, person_id, sent);
create index staff_message_sent_by on staff_message (district_id, sent_by, sent);

grant select on staff_message to handrail_app;
grant select, insert, update, delete on staff_message to handrail_system;

alter table staff_message enable row level security;
create policy system on staff_message to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);
create policy both_ends on staff_message for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and nullif(current_setting('app.person', true), '')::uuid in (person_id, sent_by)
);
