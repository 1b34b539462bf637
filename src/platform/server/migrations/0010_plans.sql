-- Programs are few and records are many: what asks for plans must not walk the district's records.
-- The plans of one's own students: few students are looked at first, and their plans by them.
create index record_plan on record (district_id, student_id) where kind = 'sessions.program';
-- Where a program lies, by its id: the end of its partition's name.
create index record_plan_of on record (district_id, (split_part(part, '/T2/program:', 2)))
  where kind = 'sessions.program';

-- The partitions that hold versions of a program; mostly one. Row-level security cannot use the index above, because the
-- function in it might talk, so this one looks for it. Says nothing of what is in them: whoever asks reads them under the
-- policies, and finds what they may.
create function program_parts(district uuid, program uuid) returns setof text
language sql stable security definer set search_path = handrail, pg_temp as $$
  select distinct part from record
  where district_id = district and kind = 'sessions.program'
    and split_part(part, '/T2/program:', 2) = program::text
$$;
revoke all on function program_parts from public;
grant execute on function program_parts to handrail_app;
