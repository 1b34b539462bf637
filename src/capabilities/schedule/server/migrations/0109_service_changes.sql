-- What a plan promises changes, and what it promised before stays to be read. A change is a row of its own in place of
-- the earlier one, which ends the day before; a mistake never held. Nothing is deleted.

alter table service_requirement
  -- the row in whose place this one came
  add column replaces uuid,
  -- entered by mistake, or put right before it began: it counts for no day
  add column never_held boolean not null default false,
  -- when its end was said, and by whom
  add column ended timestamptz,
  add column ended_by uuid;

alter table one_to_one
  add column replaces uuid,
  add column never_held boolean not null default false,
  add column ended timestamptz,
  add column ended_by uuid;

-- of one row there is one change
create unique index service_requirement_replaces on service_requirement (district_id, replaces)
  where replaces is not null;
create unique index one_to_one_replaces on one_to_one (district_id, replaces) where replaces is not null;
