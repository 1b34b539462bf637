-- After a first import nothing is known of the tables yet: for the minute or more until PostgreSQL looks at them by
-- itself, it walks every relationship and every student of the district for each batch of records, because no index
-- seems better than another. So whoever writes a roster has them counted, in the same transaction. Only an owner may.
create function count_roster() returns void
language plpgsql volatile security definer set search_path = handrail, pg_temp as $$
begin
  analyze aud, person, relationship, restriction, role_tier, staff_role, student, wing;
end $$;
revoke all on function count_roster from public;
grant execute on function count_roster to handrail_system;

-- Mostly digests, which pglz works through for nothing.
alter table audit alter column detail set storage external;
