-- Checks of how a program is run lie in T5, which therapists and behavior analysts do not read; who owns a program has to
-- know of its checks all the same (ADR 14). To whoever is set, it says the checks of the programs whose standing version
-- they published, of students they decide about now, and of no others. Who reads T5 has them already, and gets none here.
create function own_checks(at timestamptz) returns table (program uuid, student uuid, state text)
language sql stable security definer set search_path = handrail, pg_temp as $$
  with asker as (
    select nullif(current_setting('app.district', true), '')::uuid as district,
      nullif(current_setting('app.person', true), '')::uuid as person
  ),
  decided as (
    select r.student_id
    from asker a
    join relationship r on r.district_id = a.district and r.person_id = a.person
    join role_tier m on m.role = r.role and m.tier = 'T2' and m.reach = 'near' and m.can_approve
    where r.from_at <= own_checks.at and (r.to_at is null or r.to_at > own_checks.at)
      and r.student_id not in (select person_denied(a.district, a.person, own_checks.at))
      and not exists (select from role_tier x where x.role = r.role and x.tier = 'T5' and x.can_read)
  ),
  -- of two versions with one number the later-made stands, as in programs/history.ts
  standing as (
    select distinct on (v.part) split_part(v.part, '/T2/program:', 2)::uuid as program, v.student_id, v.author
    from asker a
    join record v on v.district_id = a.district and v.kind = 'sessions.program'
      and v.student_id = any (array(select student_id from decided))
    order by v.part, (v.envelope::json -> 'body' ->> 'number')::integer desc, v.at desc, v.id desc
  )
  select s.program, s.student_id, c.state
  from asker a
  join standing s on s.author = a.person
  join projection c on c.district_id = a.district and c.view = 'progress.checks'
    and c.parent = 'program:' || s.program::text and c.student_id = s.student_id
$$;
revoke all on function own_checks from public;
grant execute on function own_checks to handrail_app;
