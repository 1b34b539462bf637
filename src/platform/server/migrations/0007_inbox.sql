-- The inbox: every refused record has somebody who sees it and may settle it, and is kept when it is settled.
-- Before this, a record that named no student, or one without a case manager, was seen by nobody but its sender.

alter table refused
  -- who made it, where that is known and is not who brought it
  add column if not exists author uuid,
  -- (school, T2) of whom it concerns: which wide roles see it. T2, as for whoever decides about a student's instruction.
  add column wings integer[] not null default '{}',
  -- how it was settled, and in which words
  add column how text,
  add column note text,
  add constraint settled_whole check ((resolved is null) = (resolved_by is null) and (resolved is null) = (how is null));

-- The school of the student it names; else the schools of whoever sent it; else, where that is nobody at a school, all.
create function inbox_wings(d uuid, s uuid, p uuid) returns integer[]
language sql stable set search_path = handrail, pg_temp as $$
  select coalesce(
    (select array[w.wing] from student t
     join wing w on w.district_id = d and w.school_id = t.school_id and w.tier = 'T2'
     where t.district_id = d and t.student_id = s),
    (select array_agg(distinct w.wing) from staff_role r
     join wing w on w.district_id = d and w.tier = 'T2' and (r.school_id is null or r.school_id = w.school_id)
     where r.district_id = d and r.person_id = p),
    (select array_agg(w.wing) from wing w where w.district_id = d and w.tier = 'T2'),
    '{}')
$$;
revoke all on function inbox_wings from public;
grant execute on function inbox_wings to handrail_system;

update refused set wings = inbox_wings(district_id, student_id, uploaded_by);

-- One's own, unless it tells of a student who is out of one's reach now; those of the students one decides for; and
-- those of the schools that one's wide role reaches.
drop policy own_or_supervised on refused;
create policy reach on refused for select to handrail_app using (
  district_id = nullif(current_setting('app.district', true), '')::uuid
  and (
    (
      coalesce(author, uploaded_by) = nullif(current_setting('app.person', true), '')::uuid
      and (student_id is null or student_id = any (nullif(current_setting('app.students', true), '')::uuid[]))
    )
    or student_id = any (nullif(current_setting('app.supervised', true), '')::uuid[])
    or wings && nullif(current_setting('app.wings', true), '')::integer[]
  )
);
create policy denied on refused as restrictive to handrail_app using (
  student_id is null
  or student_id <> all (coalesce(nullif(current_setting('app.denied', true), ''), '{}')::uuid[])
);
-- Settled by whoever sees it as a supervisor, once, and in their own name.
grant update (resolved, resolved_by, how, note) on refused to handrail_app;
create policy settle on refused for update to handrail_app
  using (
    district_id = nullif(current_setting('app.district', true), '')::uuid
    and resolved is null
    and (
      student_id = any (nullif(current_setting('app.supervised', true), '')::uuid[])
      or wings && nullif(current_setting('app.wings', true), '')::integer[]
    )
  )
  with check (
    district_id = nullif(current_setting('app.district', true), '')::uuid
    and resolved_by = nullif(current_setting('app.person', true), '')::uuid
  );

-- What no person's transaction needs: the numbers of audiences name every student of the district by id, and of a
-- counter only the position moves.
drop policy members on aud;
revoke select on aud from handrail_app;
revoke update on counter from handrail_app;
grant update (head, head_id) on counter to handrail_app;
