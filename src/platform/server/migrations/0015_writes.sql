-- What a person may write is asked with every batch, of the students of the batch, by ingest, which reads the roster
-- itself. So it is no function of its owner's rights any more, and PostgreSQL puts it in place of the call: a call cost
-- more than what it does. Nobody else may ask.
drop function person_writes(uuid, uuid, timestamptz, timestamptz);
create function person_writes(d uuid, p uuid, lo timestamptz, hi timestamptz, students uuid[])
returns table (aud integer, can_create boolean, can_approve boolean)
language sql stable as $$
  select a.aud, bool_or(m.can_create), bool_or(m.can_approve)
  from (
    select student_id, role from handrail.relationship
    where district_id = d and person_id = p and from_at <= lo and (to_at is null or to_at > hi)
      and student_id = any (students)
      and student_id not in (
        select x.student_id from handrail.restriction x
        where x.district_id = d and x.person_id = p and x.from_at <= hi and (x.to_at is null or x.to_at > lo))
    offset 0
  ) r
  join handrail.role_tier m on m.role = r.role and (m.can_create or m.can_approve) and m.reach = 'near'
  cross join lateral (
    select aud.aud from handrail.aud
    where aud.district_id = d and aud.scope = 'student' and aud.of_id = r.student_id and aud.tier = m.tier
    offset 0
  ) a
  group by a.aud
  union all
  select a.aud, true, false from handrail.aud a
  where a.district_id = d and a.scope = 'person' and a.of_id = p
$$;
revoke all on function person_writes from public;
grant execute on function person_writes to handrail_system;
