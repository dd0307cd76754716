-- An order. Amounts are in minor units of its currency; what inventory's hold said of prices replaces what was quoted.
create table orders (
  id               uuid primary key,
  code             text not null constraint orders_code unique check (code ~ '^[A-HJ-NP-TV-Z2-9]{8}$'),
  buyer_id         uuid not null,
  buyer_name       text not null check (char_length(buyer_name) between 1 and 100),
  buyer_email      text not null check (char_length(buyer_email) between 3 and 255),
  event_id         uuid not null,
  event_name       text not null,
  organization_id  uuid not null,
  status           text not null check (status in
    ('PENDING', 'COMPLETED', 'FAILED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED')),
  reason           text check (reason in
    ('BY_BUYER', 'BY_ORGANIZATION', 'NOT_PAID_IN_TIME', 'EVENT_CANCELLED', 'SOLD_OUT_AFTER_PAYMENT',
     'NOT_AVAILABLE', 'PRICE_CHANGED', 'PAYMENT_REFUSED', 'UNAVAILABLE', 'GIVEN_UP')),
  -- Rises by one with every change; the history has a row for each.
  version          bigint not null check (version > 0),
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  subtotal         bigint not null check (subtotal >= 0),
  fees             bigint not null check (fees >= 0),
  tax              bigint not null check (tax >= 0),
  total            bigint not null check (total >= 0),
  -- What payments took, what was asked back, what went back.
  captured         bigint not null default 0,
  refund_requested bigint not null default 0,
  refunded         bigint not null default 0,
  admission_id     uuid,
  hold_expires_at  timestamptz(3),
  placed_at        timestamptz(3) not null,
  updated_at       timestamptz(3) not null,
  constraint orders_money check (0 <= refunded and refunded <= refund_requested and refund_requested <= captured),
  constraint orders_reason check ((status in ('FAILED', 'CANCELLED')) <= (reason is not null))
) with (fillfactor = 70);

create index orders_buyer on orders (buyer_id, placed_at desc, id desc) where status <> 'FAILED';
create index orders_organization on orders (organization_id, placed_at desc, id desc);
create index orders_event on orders (event_id, id) where status in ('PENDING', 'COMPLETED', 'PARTIALLY_REFUNDED');
create index orders_unpaid on orders (hold_expires_at) where status = 'PENDING';

create table order_line (
  order_id     uuid not null references orders on delete cascade,
  position     integer not null check (position >= 0),
  offer_id     uuid not null,
  name         text not null,
  quantity     integer not null check (quantity between 1 and 1000),
  unit_price   bigint not null check (unit_price >= 0),
  subtotal     bigint not null check (subtotal = unit_price * quantity),
  fee          bigint not null check (fee >= 0),
  tax          bigint not null check (tax >= 0),
  -- Whether the tax is part of the price; otherwise it was added.
  tax_included boolean not null,
  total        bigint not null,
  primary key (order_id, position),
  constraint order_line_offer unique (order_id, offer_id),
  constraint order_line_total check (total = subtotal + fee + case when tax_included then 0 else tax end)
);

-- Every change of an order, for those who may see it.
create table order_change (
  order_id uuid not null references orders on delete cascade,
  version  bigint not null check (version > 0),
  at       timestamptz(3) not null,
  kind     text not null check (kind in
    ('PLACED', 'HELD', 'PAYMENT_READY', 'PAYMENT_DECLINED', 'PAYMENT_CLOSED', 'PAID', 'COMPLETED', 'FAILED',
     'CANCELLED', 'REFUND_REQUESTED', 'REFUNDED', 'REFUND_FAILED', 'TICKET_TRANSFERRED')),
  status   text not null,
  reason   text,
  note     text,
  -- null: the system itself.
  actor_id uuid,
  primary key (order_id, version)
);

-- The payments asked for an order: the id is written before payments is asked.
create table order_payment (
  payment_id uuid primary key,
  order_id   uuid not null references orders on delete cascade,
  provider   text not null,
  amount     bigint not null check (amount > 0),
  currency   text not null check (currency ~ '^[A-Z]{3}$'),
  state      text not null check (state in ('ASKED', 'READY', 'DECLINED', 'CLOSED', 'CAPTURED')),
  -- This capture is the one that pays the order; others are given back.
  settles    boolean not null default false,
  created_at timestamptz(3) not null,
  constraint order_payment_settles check (settles <= (state = 'CAPTURED'))
);

create unique index order_payment_open on order_payment (order_id) where state in ('ASKED', 'READY');
create unique index order_payment_settled on order_payment (order_id) where settles;
create index order_payment_order on order_payment (order_id);

create table refund (
  id           uuid primary key,
  -- What payments knows it by: another one when an operator tries again what the provider had refused for good.
  request_id   uuid not null unique,
  order_id     uuid not null references orders on delete cascade,
  -- null: nothing was paid, only units go back.
  payment_id   uuid references order_payment,
  amount       bigint not null check (amount >= 0),
  currency     text not null,
  -- TICKETS: single tickets of an order. CANCELLATION: what is left of it. SURPLUS: money that paid for nothing.
  purpose      text not null check (purpose in ('TICKETS', 'CANCELLATION', 'SURPLUS')),
  reason       text not null,
  state        text not null check (state in ('REQUESTED', 'DONE', 'FAILED')),
  failure      text,
  requested_by uuid,
  created_at   timestamptz(3) not null,
  done_at      timestamptz(3),
  constraint refund_payment check ((amount > 0) = (payment_id is not null)),
  constraint refund_done check ((state = 'DONE') = (done_at is not null)),
  constraint refund_failed check ((state = 'FAILED') = (failure is not null))
);

create index refund_order on refund (order_id);
create unique index refund_surplus on refund (payment_id) where purpose = 'SURPLUS';
create unique index refund_cancellation on refund (payment_id) where purpose = 'CANCELLATION';

create table ticket (
  id              uuid primary key,
  order_id        uuid not null references orders on delete cascade,
  line            integer not null,
  -- Which unit of the line, from 0.
  unit            integer not null check (unit >= 0),
  event_id        uuid not null,
  organization_id uuid not null,
  offer_id        uuid not null,
  name            text not null,
  -- The ticket's exact share of its line's total: those of a line add up to it.
  amount          bigint not null check (amount >= 0),
  -- null: whoever has the address verified.
  owner_id        uuid,
  owner_email     text not null check (owner_email = lower(owner_email)),
  owner_name      text not null,
  -- Codes of another version are dead.
  code_version    integer not null check (code_version > 0),
  state           text not null check (state in ('VALID', 'REDEEMED', 'REFUNDED', 'VOID')),
  refund_id       uuid,
  redeemed_at     timestamptz(3),
  redeemed_by     uuid,
  issued_at       timestamptz(3) not null,
  constraint ticket_unit unique (order_id, line, unit),
  constraint ticket_redeemed check ((state = 'REDEEMED') <= (redeemed_at is not null and redeemed_by is not null)),
  constraint ticket_refunded check ((state = 'REFUNDED') = (refund_id is not null))
) with (fillfactor = 80);

create index ticket_owner on ticket (owner_id, issued_at desc, id desc);
create index ticket_unclaimed on ticket (owner_email) where owner_id is null;
create index ticket_event on ticket (event_id, id);

create table ticket_transfer (
  ticket_id    uuid not null references ticket on delete cascade,
  -- The version of the code that the transfer made.
  code_version integer not null,
  from_id      uuid not null,
  to_email     text not null,
  at           timestamptz(3) not null,
  primary key (ticket_id, code_version)
);

-- Admissions of waiting rooms as far as they were used. The key makes them single-use.
create table admission (
  admission_id uuid primary key,
  event_id     uuid not null,
  user_id      uuid not null,
  -- SPENT by the order; RETURNED by a refused one, may be spent again; CLOSED for good.
  state        text not null check (state in ('SPENT', 'RETURNED', 'CLOSED')),
  order_id     uuid,
  -- Its owner left or let it pass while an order had it: a refused order does not return it then.
  given_up     boolean not null default false,
  -- When its token ends; null when it was closed without having been shown.
  expires_at   timestamptz(3),
  constraint admission_spent check ((state = 'SPENT') <= (order_id is not null and expires_at is not null))
);

-- What was asked under which key. Lives 24 hours.
create table idempotency_key (
  person_id  uuid not null,
  operation  text not null,
  key        text not null check (char_length(key) between 1 and 100),
  input_hash text not null,
  order_id   uuid not null,
  saga_id    uuid,
  -- REFUSED: made nothing, the key is free again; kept for those who waited for the answer.
  refused    boolean not null default false,
  created_at timestamptz not null,
  primary key (person_id, operation, key)
);

create index idempotency_key_age on idempotency_key using brin (created_at);

-- A saga's place in its table of steps (domain/sagas.ts).
create table saga (
  id              uuid primary key,
  order_id        uuid not null references orders on delete cascade,
  kind            text not null check (kind in ('PLACE', 'COMPLETE', 'CANCEL', 'EXPIRE', 'RETRY', 'REFUND')),
  -- RUNNING: forward or undoing. ENDED: did what it is for. UNDONE: what it did is undone. PARKED: needs an operator.
  -- ABANDONED: an operator gave it up.
  state           text not null check (state in ('RUNNING', 'ENDED', 'UNDONE', 'PARKED', 'ABANDONED')),
  -- The step whose intent is written and which is asked for now.
  step            text not null,
  undoing         boolean not null default false,
  -- Steps that may have taken something elsewhere, in their order.
  taken           text[] not null,
  data            jsonb not null,
  -- The refusal to answer with; null when there is none.
  outcome         jsonb,
  attempts        integer not null default 0 check (attempts >= 0),
  last_error      text,
  next_attempt_at timestamptz not null,
  -- A forward step that is not answered by then is undone; null: repeated for as long as it takes.
  deadline        timestamptz,
  -- The process that has it in hand, and until when it is believed to live.
  lease_holder    uuid,
  lease_until     timestamptz,
  started_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint saga_lease check ((lease_holder is null) = (lease_until is null))
) with (fillfactor = 70);

-- One of a kind at a time for an order, save refunds: an order has as many as it needs.
create unique index saga_unfinished on saga (order_id, kind) where state in ('RUNNING', 'PARKED') and kind <> 'REFUND';
create index saga_due on saga (next_attempt_at) where state = 'RUNNING';
create index saga_parked on saga (id) where state = 'PARKED';
create index saga_order on saga (order_id);

-- Events that were cancelled: whatever order of theirs is still open is closed.
create table event_cancellation (
  event_id uuid primary key,
  at       timestamptz(3) not null
);

-- Fees and tax of an organization, or of one of its offers.
create table pricing (
  id                uuid primary key,
  organization_id   uuid not null,
  -- null: all offers that have none of their own.
  offer_id          uuid,
  fee_basis_points  integer not null check (fee_basis_points between 0 and 10000),
  -- Per unit, minor units; charged in its own currency only.
  fee_fixed         bigint not null check (fee_fixed between 0 and 1000000000),
  fee_currency      text check (fee_currency ~ '^[A-Z]{3}$'),
  tax_basis_points  integer not null check (tax_basis_points between 0 and 10000),
  tax_included      boolean not null,
  updated_by        uuid not null,
  updated_at        timestamptz(3) not null,
  constraint pricing_scope unique nulls not distinct (organization_id, offer_id),
  constraint pricing_fee_currency check ((fee_fixed > 0) <= (fee_currency is not null))
);
