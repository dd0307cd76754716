-- What is scarce. Counters change only under the locks of the listing's offers (subgraphs/inventory/src/store/
-- lockOffers.ts); every rule of theirs stands here a second time, so that the database refuses a wrong program too.

-- An event as catalog last told it, and what its offers share.
create table listing (
  id                uuid           primary key,
  organization_id   uuid           not null,
  status            text           not null check (status in ('DRAFT', 'CONFIGURED', 'APPROVED', 'PUBLISHED', 'CANCELLED')),
  -- null until the event is configured
  sale_starts_at    timestamptz(3),
  sale_ends_at      timestamptz(3),
  maximum_attendees integer        check (maximum_attendees > 0),
  free              boolean        not null,
  -- of all its offers; null until there is one
  currency          text           check (currency ~ '^[A-Z]{3}$'),
  -- units of all its offers that are held or sold
  taken             integer        not null default 0 constraint listing_taken_not_negative check (taken >= 0),
  -- rises with every change that a watcher of its availability could see
  version           bigint         not null default 1
) with (fillfactor = 50);

-- What is taken may exceed the maximum when catalog lowers it, but never grow above it.
create function listing_within_maximum() returns trigger
language plpgsql
as $$
begin
  if new.taken > new.maximum_attendees then
    raise exception 'listing % may not have more than % attendees', new.id, new.maximum_attendees
      using errcode = 'check_violation', constraint = 'listing_within_maximum', table = 'listing';
  end if;
  return new;
end
$$;

create trigger listing_within_maximum before update of taken on listing
  for each row when (new.taken > old.taken) execute function listing_within_maximum();

create table offer (
  id               uuid           primary key,
  listing_id       uuid           not null references listing (id),
  name             text           not null check (char_length(name) between 1 and 100),
  price            bigint         not null check (price between 0 and 9007199254740991),
  currency         text           not null check (currency ~ '^[A-Z]{3}$'),
  total            integer        not null check (total >= 0),
  reserved         integer        not null default 0 constraint offer_reserved_not_negative check (reserved >= 0),
  sold             integer        not null default 0 constraint offer_sold_not_negative check (sold >= 0),
  limit_per_person integer        not null check (limit_per_person > 0),
  -- null: the event's own
  sale_starts_at   timestamptz(3),
  sale_ends_at     timestamptz(3),
  paused           boolean        not null default false,
  -- null: visible to all
  access_code_hash text,
  -- as it was last told to others (null only within the transaction that makes the offer), and when time alone
  -- will change it next
  state            text           check (
    state in ('AVAILABLE', 'LOW', 'HELD', 'SOLD_OUT', 'PAUSED', 'NOT_ON_SALE', 'SALE_ENDED')
  ),
  state_changes_at timestamptz(3),
  created_at       timestamptz(3) not null default clock_timestamp(),
  constraint offer_never_oversold check (reserved + sold <= total),
  constraint offer_sale_in_order check (sale_starts_at < sale_ends_at)
) with (fillfactor = 50);

create unique index offer_name_once on offer (listing_id, lower(name));
create index offer_state_changes on offer (state_changes_at) where state_changes_at is not null;

-- Units of an order. A row without a person is a tombstone: the order was released before it was held.
create table hold (
  order_id   uuid           primary key,
  person_id  uuid,
  listing_id uuid,
  state      text           not null check (state in ('HELD', 'CONFIRMED', 'RELEASED', 'EXPIRED')),
  expires_at timestamptz(3),
  -- events that tell of it, given out under the locks of the listing's offers
  told       integer        not null default 0 check (told >= 0),
  created_at timestamptz(3) not null,
  constraint hold_complete check (
    num_nulls(person_id, listing_id, expires_at) = 0
    or (num_nulls(person_id, listing_id, expires_at) = 3 and state = 'RELEASED')
  )
) with (fillfactor = 80);

create index hold_expiry on hold (expires_at, listing_id) where state = 'HELD';

create table hold_line (
  order_id   uuid    not null,
  offer_id   uuid    not null,
  quantity   integer not null check (quantity > 0),
  -- in minor units of the offer's currency, as it was when the order was held
  unit_price bigint  not null check (unit_price between 0 and 9007199254740991),
  -- of the sold units, those that came back one by one
  returned   integer not null default 0,
  primary key (order_id, offer_id),
  constraint hold_line_returned check (returned between 0 and quantity)
) with (fillfactor = 90);

-- Units of an offer that a person holds or has bought.
create table person_units (
  offer_id  uuid    not null,
  person_id uuid    not null,
  units     integer not null constraint person_units_not_negative check (units >= 0),
  -- the offer's limit when the units last grew
  allowed   integer not null,
  primary key (offer_id, person_id),
  constraint person_units_within_limit check (units <= allowed)
) with (fillfactor = 80);

-- Returns of single sold units that have been done.
create table unit_return (
  return_id  uuid           primary key,
  order_id   uuid           not null references hold (order_id),
  created_at timestamptz(3) not null
);

create index unit_return_order on unit_return (order_id);
