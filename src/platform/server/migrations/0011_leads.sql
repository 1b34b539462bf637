-- Whom a coordinator or an administrator leads: the adults of their schools. What is about staff (an absence, who
-- covers, who is trained) belongs to no student, so no wing reaches it; its rows carry a school, and policies read
-- the setting app.leads.

-- The schools a person leads at an instant; a role in the whole district leads all of them.
create function person_leads(d uuid, p uuid, t timestamptz) returns setof uuid
language sql stable security definer set search_path = handrail, pg_temp as $$
  select distinct c.school_id
  from staff_role s
  join school c on c.district_id = d and (s.school_id is null or s.school_id = c.school_id)
  where s.district_id = d and s.person_id = p and s.role in ('coordinator', 'administrator')
    and s.from_at <= t and (s.to_at is null or s.to_at > t)
$$;
revoke execute on function person_leads(uuid, uuid, timestamptz) from public;
grant execute on function person_leads(uuid, uuid, timestamptz) to handrail_app, handrail_system;
