-- An order may be for a table: its one line is seats at a time, its listing (`event_id`, `event_name`) the restaurant.
alter table orders add column kind text not null default 'TICKETS' check (kind in ('TICKETS', 'TABLE'));

-- Of a table that staff booked for somebody the buyer is the order itself, who has no address: the guest's name and
-- address stand sealed with the reservation.
alter table orders drop constraint orders_buyer_email_check;
alter table orders add constraint orders_buyer_email_check
  check (char_length(buyer_email) between 3 and 255 or (kind = 'TABLE' and buyer_id = id and buyer_email = ''));

-- A table at a time. Its code and version are its order's.
create table reservation (
  id               uuid primary key references orders on delete cascade,
  restaurant_id    uuid not null,
  -- null: staff booked for somebody without an account.
  user_id          uuid,
  status           text not null check (status in
    ('PENDING', 'CONFIRMED', 'SEATED', 'COMPLETED', 'CANCELLED', 'NO_SHOW')),
  reason           text check (reason in
    ('BY_GUEST', 'BY_RESTAURANT', 'NOT_PAID_IN_TIME', 'TABLE_GONE', 'NOT_MADE')),
  -- Before inventory holds it: the first area that was asked for, and when it would end there.
  area_id          uuid not null,
  area_name        text not null,
  starts_at        timestamptz(3) not null,
  ends_at          timestamptz(3) not null,
  party_size       integer not null check (party_size between 1 and 1000),
  -- The restaurant's day that it belongs to; null until it is held.
  day              date,
  -- Names of its tables; none where only seats count.
  tables           text[] not null default '{}',
  special_requests text not null check (char_length(special_requests) <= 1000),
  -- Who comes and how to reach them: JSON, sealed for `reservation-guest`; null: a walk-in who left no name.
  guest            text,
  -- Booked by staff for a guest who stands at the door: seated as soon as it is confirmed.
  walk_in          boolean not null,
  -- The policy that stood when it was booked: until when all of the deposit goes back, and what share is kept later.
  free_until       timestamptz(3) not null,
  free_until_hours integer not null check (free_until_hours >= 0),
  then_percent     integer not null check (then_percent between 0 and 100),
  constraint reservation_ends check (ends_at > starts_at),
  constraint reservation_reason check ((status = 'CANCELLED') = (reason is not null)),
  constraint reservation_held check (status in ('PENDING', 'CANCELLED') or day is not null)
) with (fillfactor = 80);

create index reservation_day on reservation (restaurant_id, day, starts_at, id);
create index reservation_restaurant on reservation (restaurant_id, starts_at desc, id desc);
create index reservation_user on reservation (user_id, starts_at, id) where user_id is not null;
create index reservation_confirmed on reservation (starts_at) where status = 'CONFIRMED';
create index reservation_seated on reservation (ends_at) where status = 'SEATED';

-- Tables that are held for who has waited, as inventory tells of them.
create table waitlist_offer (
  entry_id      uuid primary key,
  user_id       uuid not null,
  restaurant_id uuid not null,
  area_id       uuid not null,
  starts_at     timestamptz(3) not null,
  ends_at       timestamptz(3) not null,
  party_size    integer not null,
  expires_at    timestamptz(3) not null
);

alter table order_change drop constraint order_change_kind_check;
alter table order_change add constraint order_change_kind_check check (kind in
  ('PLACED', 'HELD', 'PAYMENT_READY', 'PAYMENT_DECLINED', 'PAYMENT_CLOSED', 'PAID', 'COMPLETED', 'FAILED',
   'CANCELLED', 'REFUND_REQUESTED', 'REFUNDED', 'REFUND_FAILED', 'TICKET_TRANSFERRED',
   'TABLE_CHANGED', 'SEATED', 'DINED', 'NO_SHOW'));

alter table saga drop constraint saga_kind_check;
alter table saga add constraint saga_kind_check
  check (kind in ('PLACE', 'COMPLETE', 'CANCEL', 'EXPIRE', 'RETRY', 'REFUND', 'CHANGE'));
