-- What a person may read and write is asked once a request, so it must cost the same in a large district, and in one
-- whose roster came in a minute ago and has no statistics yet: there the planner walked every audience of the
-- district (28 ms a request with 40 paras). So the order is written down: first the person's own relationships, then
-- each audience by its key. `offset 0` keeps the planner from turning that around.

create or replace function person_grants(d uuid, p uuid, t timestamptz)
returns table (
  aud integer, scope text, of_id uuid, tier text, history_days integer, until timestamptz, can_approve boolean
)
language sql stable security definer set search_path = handrail, pg_temp as $$
  select a.aud, 'student', r.student_id, m.tier,
    case when bool_or(m.history_days is null) then null else max(m.history_days) end,
    least(
      case when bool_or(r.to_at is null) then null else max(r.to_at) end,
      (select min(x.from_at) from restriction x
       where x.district_id = d and x.person_id = p and x.student_id = r.student_id and x.from_at > t)),
    bool_or(m.can_approve)
  from (
    select student_id, role, to_at from relationship
    where district_id = d and person_id = p and from_at <= t and (to_at is null or to_at > t)
      and student_id not in (select person_denied(d, p, t))
    offset 0
  ) r
  join role_tier m on m.role = r.role and m.can_read and m.reach = 'near'
  cross join lateral (
    select aud.aud from aud
    where aud.district_id = d and aud.scope = 'student' and aud.of_id = r.student_id and aud.tier = m.tier
    offset 0
  ) a
  group by a.aud, r.student_id, m.tier
  union all
  select a.aud, a.scope, a.of_id, a.tier, null, null, false
  from aud a
  where a.district_id = d and a.scope = 'person' and a.of_id = p
$$;

create or replace function person_writes(d uuid, p uuid, lo timestamptz, hi timestamptz)
returns table (aud integer, can_create boolean, can_approve boolean)
language sql stable security definer set search_path = handrail, pg_temp as $$
  select a.aud, bool_or(m.can_create), bool_or(m.can_approve)
  from (
    select student_id, role from relationship
    where district_id = d and person_id = p and from_at <= lo and (to_at is null or to_at > hi)
      and student_id not in (
        select x.student_id from restriction x
        where x.district_id = d and x.person_id = p and x.from_at <= hi and (x.to_at is null or x.to_at > lo))
    offset 0
  ) r
  join role_tier m on m.role = r.role and (m.can_create or m.can_approve) and m.reach = 'near'
  cross join lateral (
    select aud.aud from aud
    where aud.district_id = d and aud.scope = 'student' and aud.of_id = r.student_id and aud.tier = m.tier
    offset 0
  ) a
  group by a.aud
  union all
  select a.aud, true, false from aud a
  where a.district_id = d and a.scope = 'person' and a.of_id = p
$$;
