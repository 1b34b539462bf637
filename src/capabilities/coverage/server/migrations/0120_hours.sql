-- Hours end, and a substitute who does not come after all was never there; both stay to be read.

alter table work_hours
  -- taken back as a whole: they hold on no day
  add column never_held boolean not null default false,
  -- when their end was said, and by whom
  add column ended timestamptz,
  add column ended_by uuid;
