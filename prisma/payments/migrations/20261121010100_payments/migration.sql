-- Payments, their refunds, and what was said to and heard from providers.

create table payment (
  id                  uuid           primary key,
  order_id            uuid           not null,
  person_id           uuid           not null,
  organization_id     uuid           not null,
  provider            text           not null check (provider ~ '^[A-Z][A-Z0-9_]{0,29}$'),
  amount              bigint         not null check (amount between 1 and 9007199254740991),
  currency            text           not null check (currency ~ '^[A-Z]{3}$'),
  description         text           not null check (description <> ''),
  status              text           not null default 'PENDING' check (status in (
                        'PENDING', 'COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED')),
  hold_expires_at     timestamptz(3) not null,
  -- When the pay page closes.
  expires_at          timestamptz(3) not null check (expires_at <= hold_expires_at),
  -- When the provider closes it by itself; later than expires_at where its shortest is longer.
  provider_expires_at timestamptz(3) not null check (provider_expires_at >= expires_at),
  -- Both null until the provider has answered.
  provider_reference  text,
  pay_url             text,
  failure_reason      text,
  captured            bigint         not null default 0,
  captured_at         timestamptz(3),
  -- Asked for and not yet decided by the provider.
  refunding           bigint         not null default 0 check (refunding >= 0),
  refunded            bigint         not null default 0 check (refunded >= 0),
  cancel_requested_at timestamptz(3),
  -- When a job looks after it next; null: nothing is expected any more.
  next_attention_at   timestamptz(3),
  attempts            integer        not null default 0 check (attempts >= 0),
  created_at          timestamptz(3) not null,
  changed_at          timestamptz(3) not null,
  unique (provider, provider_reference),
  check ((provider_reference is null) = (pay_url is null)),
  check ((captured > 0) = (captured_at is not null)),
  -- A wrong amount never completes a payment.
  check (captured in (0, amount)),
  check (refunding + refunded <= captured),
  check ((status in ('COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED')) = (captured > 0)),
  check ((status = 'PARTIALLY_REFUNDED') = (refunded > 0 and refunded < captured)),
  check ((status = 'REFUNDED') = (captured > 0 and refunded = captured)),
  check (status <> 'PENDING' or next_attention_at is not null)
);

create index payment_order on payment (order_id);
create index payment_attention on payment (next_attention_at) where next_attention_at is not null;

-- Cancelled before they were created.
create table payment_tombstone (
  payment_id uuid           primary key,
  created_at timestamptz(3) not null
);

create table refund (
  id                 uuid           primary key,
  payment_id         uuid           not null references payment (id),
  amount             bigint         not null check (amount between 1 and 9007199254740991),
  reason             text           not null check (reason <> ''),
  status             text           not null default 'REQUESTED' check (status in ('REQUESTED', 'SUCCEEDED', 'FAILED')),
  provider_reference text,
  failure_reason     text,
  requested_at       timestamptz(3) not null,
  settled_at         timestamptz(3),
  next_attempt_at    timestamptz(3),
  attempts           integer        not null default 0 check (attempts >= 0),
  check ((status = 'REQUESTED') = (settled_at is null)),
  check ((status = 'REQUESTED') = (next_attempt_at is not null)),
  check ((status = 'FAILED') = (failure_reason is not null))
);

create index refund_payment on refund (payment_id);
create index refund_due on refund (next_attempt_at) where next_attempt_at is not null;

-- Every call to and from a provider, secrets removed. An outgoing call whose outcome is null was begun and its end is
-- not known: the process died.
create table provider_call (
  id          uuid           primary key,
  provider    text           not null,
  direction   text           not null check (direction in ('OUT', 'IN')),
  operation   text           not null,
  payment_id  uuid,
  request     jsonb          not null,
  response    jsonb,
  outcome     text           check (outcome in ('OK', 'REFUSED', 'UNAVAILABLE', 'UNKNOWN_PAYMENT', 'INCIDENT')),
  started_at  timestamptz(3) not null,
  finished_at timestamptz(3),
  check ((outcome is null) = (finished_at is null))
);

create index provider_call_payment on provider_call (payment_id, id) where payment_id is not null;

-- Webhooks that were turned away, counted and not kept: anybody can send them.
create table webhook_rejection (
  provider text   not null,
  reason   text   not null check (reason in ('SIGNATURE', 'STALE', 'MALFORMED')),
  day      date   not null,
  count    bigint not null check (count > 0),
  primary key (provider, reason, day)
);

-- What a provider said that can't be true of what we asked for. It changes nothing; a person must look.
create table payment_incident (
  id         uuid           primary key,
  provider   text           not null,
  kind       text           not null check (kind in (
               'WRONG_AMOUNT', 'WRONG_CURRENCY', 'UNKNOWN_PAYMENT', 'UNKNOWN_REFUND', 'WRONG_REFUND', 'REFUND_AFTER_FAILURE')),
  -- The payment or refund as the provider named it.
  reference  text           not null,
  payment_id uuid           references payment (id),
  details    jsonb          not null,
  created_at timestamptz(3) not null,
  unique (provider, kind, reference)
);
