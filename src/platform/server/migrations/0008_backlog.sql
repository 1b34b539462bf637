-- How many entries of the trail no seal covers yet, in all districts: one number for whoever watches the server.
create function trail_backlog() returns bigint
language sql stable security definer set search_path = handrail, pg_temp as $$
  select count(*) from audit_unsealed
$$;
revoke all on function trail_backlog from public;
grant execute on function trail_backlog to handrail_app;
