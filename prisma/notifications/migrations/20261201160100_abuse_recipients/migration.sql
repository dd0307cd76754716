-- How much mail an address has had on the present day, so that nobody can fill a stranger's mailbox, and whether its
-- owner wants none that they have not asked for.
create table recipient (
  -- SHA-256 of the address, base64url: whoever reads the table learns nobody's
  digest     text primary key check (char_length(digest) = 43),
  -- when the day that is counted began
  day_at     timestamptz(3) not null,
  -- to the proven address of the account that it is about
  asked      integer not null default 0 check (asked >= 0),
  unasked    integer not null default 0 check (unasked >= 0),
  stopped_at timestamptz(3)
);

create index recipient_day on recipient (day_at) where stopped_at is null;

-- What a mail tells of. One that has not gone yet is withheld when there is newer news of the same thing.
alter table delivery add column thing text check (char_length(thing) <= 200);
create index delivery_thing on delivery (address, thing) where status = 'QUEUED' and thing is not null;

alter table delivery drop constraint delivery_status_check;
alter table delivery add constraint delivery_status_check
  check (status in ('QUEUED', 'SENT', 'PARKED', 'WITHHELD'));
