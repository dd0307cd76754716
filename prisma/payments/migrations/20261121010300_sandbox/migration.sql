-- The SANDBOX provider's own books. It is a foreign system: nothing refers to these tables, nor they to others.

-- What it signs its webhooks with, sealed under the installation's secret.
create table sandbox_account (
  id            integer primary key check (id = 1),
  sealed_secret text    not null
);

create table sandbox_session (
  -- In the address of the pay page: random, so that nobody can guess it.
  id          uuid           primary key,
  -- The merchant's own id of the payment, which is the idempotency key.
  reference   text           not null unique,
  amount      bigint         not null check (amount > 0),
  currency    text           not null,
  description text           not null,
  expires_at  timestamptz(3) not null,
  status      text           not null default 'OPEN' check (status in ('OPEN', 'PAID', 'DECLINED', 'CLOSED')),
  -- Money not in refunds, whether settled or under way.
  refundable  bigint         not null default 0 check (refundable >= 0 and refundable <= amount),
  created_at  timestamptz(3) not null,
  check (refundable = 0 or status = 'PAID')
);

create index sandbox_session_open on sandbox_session (expires_at) where status = 'OPEN';

create table sandbox_refund (
  id         uuid           primary key,
  -- The merchant's own id of the refund, which is the idempotency key.
  reference  text           not null unique,
  session_id uuid           not null references sandbox_session (id),
  amount     bigint         not null check (amount > 0),
  status     text           not null default 'PENDING' check (status in ('PENDING', 'SUCCEEDED')),
  settles_at timestamptz(3) not null
);

create index sandbox_refund_pending on sandbox_refund (settles_at) where status = 'PENDING';

-- Webhooks to be delivered until the merchant has acknowledged them.
create table sandbox_webhook (
  id              uuid           primary key,
  body            text           not null,
  attempts        integer        not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz(3),
  delivered_at    timestamptz(3),
  last_error      text,
  check ((next_attempt_at is null) = (delivered_at is not null))
);

create index sandbox_webhook_due on sandbox_webhook (next_attempt_at) where next_attempt_at is not null;
