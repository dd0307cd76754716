-- Tables and seats by the clock. A restaurant is a listing, each of its areas an offer; what a line takes of it lies in
-- time. Everything here changes under the locks of the restaurant's offers (subgraphs/inventory/src/store/lockOffers.ts)
-- like all that is scarce; the rules stand here a second time.

create extension if not exists btree_gist;

alter table listing add column kind text not null default 'EVENT' check (kind in ('EVENT', 'RESTAURANT'));
alter table listing drop constraint listing_status_check;
alter table listing add constraint listing_status_check
  check (status in ('DRAFT', 'CONFIGURED', 'APPROVED', 'PUBLISHED', 'CANCELLED', 'CLOSED'));

alter table offer add column kind text not null default 'TICKET_CLASS' check (kind in ('TICKET_CLASS', 'TABLE'));
-- of an area the clock decides, not a counter
alter table offer add constraint offer_table_not_counted check (kind <> 'TABLE' or (reserved = 0 and sold = 0));
-- catalog names areas, and takes names away and gives them anew
drop index offer_name_once;
create unique index offer_name_once on offer (listing_id, lower(name)) where kind = 'TICKET_CLASS';

-- What catalog says of a restaurant.
create table restaurant (
  listing_id     uuid           primary key references listing (id),
  -- rises with every change of the configuration
  version        integer        not null check (version > 0),
  -- as RestaurantConfiguration of the subgraph
  configuration  jsonb          not null,
  -- the last day that is known to be within the booking horizon, and when the next one comes
  opened_until   date           not null,
  next_day_at    timestamptz(3) not null
);

create index restaurant_next_day on restaurant (next_day_at);

-- What lines of table offers take: the truth of which tables, beside hold_line. `live` while their order is held or sold.
create table seating (
  order_id   uuid      not null,
  -- the area
  offer_id   uuid      not null,
  listing_id uuid      not null,
  person_id  uuid      not null,
  -- of the restaurant, by which its opening hours go
  day        date      not null,
  during     tstzrange not null check (
    not isempty(during) and lower_inc(during) and not upper_inc(during) and not lower_inf(during)
    and not upper_inf(during)
  ),
  party_size integer   not null check (party_size > 0),
  -- none in an area of seats alone
  tables     uuid[]    not null,
  live       boolean   not null,
  primary key (order_id, offer_id),
  -- nobody sits at two tables of a restaurant at once; also what finds the seatings of a time
  constraint seating_person_once exclude using gist (listing_id with =, during with &&, person_id with =) where (live)
);

-- Every table of every live seating: no table has two parties at once, whatever a program believes.
create table seating_table (
  order_id uuid      not null,
  offer_id uuid      not null,
  table_id uuid      not null,
  during   tstzrange not null,
  primary key (order_id, offer_id, table_id),
  constraint seating_table_never_twice exclude using gist (table_id with =, during with &&)
);

-- Seats taken in areas of seats alone, by cells of five minutes.
create table slot_seats (
  area_id   uuid           not null,
  starts_at timestamptz(3) not null,
  taken     integer        not null constraint slot_seats_not_negative check (taken >= 0),
  -- the area's seats when what is taken last grew
  capacity  integer        not null,
  primary key (area_id, starts_at),
  constraint slot_seats_never_overfilled check (taken <= capacity)
) with (fillfactor = 80);

-- Live seatings that a person has on one day of a restaurant.
create table person_day (
  listing_id uuid    not null,
  person_id  uuid    not null,
  day        date    not null,
  seatings   integer not null constraint person_day_not_negative check (seatings >= 0),
  -- the restaurant's limit when they last grew
  allowed    integer not null,
  primary key (listing_id, person_id, day),
  constraint person_day_within_limit check (seatings <= allowed)
) with (fillfactor = 80);

-- A day of a restaurant, as it is shown.
create table restaurant_day (
  listing_id uuid    not null,
  day        date    not null,
  -- rises with every change that a watcher could see
  version    bigint  not null,
  -- whether others have to be told what is free
  dirty      boolean not null,
  primary key (listing_id, day)
) with (fillfactor = 80);

create index restaurant_day_dirty on restaurant_day (listing_id, day) where dirty;

-- Changes of an order's lines that have been done.
create table hold_change (
  change_id  uuid           primary key,
  order_id   uuid           not null references hold (order_id),
  created_at timestamptz(3) not null
);

create index hold_change_order on hold_change (order_id);

-- Tables or seats that a restaurant keeps for itself: holds that are sold to nobody.
create table seat_block (
  block_id   uuid           primary key,
  listing_id uuid           not null,
  reason     text           not null check (char_length(reason) between 1 and 200),
  created_by uuid           not null,
  created_at timestamptz(3) not null
);

-- Who waits for a table.
create table waitlist_entry (
  id            uuid           primary key,
  listing_id    uuid           not null,
  person_id     uuid           not null,
  -- in the restaurant's line
  place         bigint         not null,
  party_size    integer        not null check (party_size > 0),
  -- areas that would do, in order of preference
  offer_ids     uuid[]         not null,
  -- beginnings that would do, both ends included
  span          tstzrange      not null check (lower_inc(span) and upper_inc(span)),
  state         text           not null check (state in ('WAITING', 'OFFERED', 'TAKEN', 'LAPSED', 'LEFT', 'ENDED')),
  hold_order_id uuid,
  -- events that tell of it, given out under the locks of the restaurant's offers
  told          integer        not null default 0 check (told >= 0),
  created_at    timestamptz(3) not null,
  constraint waitlist_offered check (state not in ('OFFERED', 'TAKEN', 'LAPSED') or hold_order_id is not null),
  constraint waitlist_person_once exclude using gist (listing_id with =, person_id with =, span with &&)
    where (state in ('WAITING', 'OFFERED'))
);

create unique index waitlist_place on waitlist_entry (listing_id, place);
create index waitlist_waiting on waitlist_entry (listing_id, place) where state = 'WAITING';
create index waitlist_over on waitlist_entry (upper(span)) where state = 'WAITING';
create unique index waitlist_hold on waitlist_entry (hold_order_id) where hold_order_id is not null;
create index waitlist_person on waitlist_entry (person_id, place);
