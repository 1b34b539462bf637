-- A PIN for one day on a browser that several people share: after a sign-in with the password, a quick way back.

create table pin (
  district_id uuid not null,
  -- SHA-256 of the secret that the browser keeps in a cookie: one a browser, many people under it
  browser bytea not null check (octet_length(browser) = 32),
  person_id uuid not null,
  salt bytea not null check (octet_length(salt) = 16),
  -- scrypt of the PIN and a secret of the installation: who reads this table alone cannot try PINs
  hash bytea not null check (octet_length(hash) = 32),
  -- wrong tries in all; the fifth removes the row
  wrong integer not null default 0 check (wrong between 0 and 4),
  made timestamptz not null,
  -- the end of the school day, by the district's clock
  ends timestamptz not null,
  primary key (district_id, browser, person_id),
  constraint ends_the_same_day check (ends > made and ends <= made + interval '16 hours')
);
create index pin_person on pin (district_id, person_id);

alter table pin enable row level security;
grant select, insert, update, delete on pin to handrail_system;
create policy system on pin to handrail_system
  using (district_id = nullif(current_setting('app.district', true), '')::uuid)
  with check (district_id = nullif(current_setting('app.district', true), '')::uuid);

-- Whoever gets a new password, or belongs to the district no more, has no PIN anywhere, whichever way it came about.
create function forget_pins() returns trigger
language plpgsql security definer set search_path = handrail, pg_temp as $$
begin
  if tg_table_name = 'membership' then
    delete from pin p where p.district_id = old.district_id and p.person_id = old.person_id;
  else
    delete from pin p using identity.membership m
    where m.user_id = new."userId" and p.district_id = m.district_id and p.person_id = m.person_id;
  end if;
  return null;
end $$;
revoke all on function forget_pins from public;
create trigger forget_pins after update of password on identity.account
  for each row when (old.password is distinct from new.password) execute function forget_pins();
create trigger forget_pins after delete on identity.membership
  for each row execute function forget_pins();
