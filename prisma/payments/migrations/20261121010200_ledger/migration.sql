-- The ledger: double entry, append-only. A positive amount is a debit, a negative one a credit.

-- One row per order that has a payment: where its money stands. Changed under its lock, after the payment's.
create table order_account (
  order_id        uuid   primary key,
  organization_id uuid   not null,
  currency        text   not null check (currency ~ '^[A-Z]{3}$'),
  -- The order's total once orders said it is completed; null before.
  completed_total bigint check (completed_total >= 0),
  -- Captured, and not yet the organization's nor given back.
  suspense        bigint not null default 0 check (suspense >= 0),
  -- What the organization is owed for the order.
  payable         bigint not null default 0 check (payable >= 0)
);

create table ledger_transaction (
  id         uuid           primary key,
  kind       text           not null check (kind in ('CAPTURE', 'ALLOCATION', 'REFUND')),
  order_id   uuid           not null references order_account (order_id),
  payment_id uuid           references payment (id),
  refund_id  uuid           references refund (id),
  created_at timestamptz(3) not null,
  check ((kind = 'ALLOCATION') = (payment_id is null)),
  check ((kind = 'REFUND') = (refund_id is not null))
);

create unique index ledger_one_capture on ledger_transaction (payment_id) where kind = 'CAPTURE';
create unique index ledger_one_refund on ledger_transaction (refund_id) where kind = 'REFUND';
create unique index ledger_one_allocation on ledger_transaction (order_id) where kind = 'ALLOCATION';

create table ledger_entry (
  transaction_id  uuid     not null references ledger_transaction (id),
  line            smallint not null check (line > 0),
  account         text     not null check (account in (
                    'PROVIDER_CLEARING', 'SUSPENSE', 'ORGANIZATION_PAYABLE', 'REFUNDS')),
  provider        text     check ((provider is not null) = (account = 'PROVIDER_CLEARING')),
  organization_id uuid     check ((organization_id is not null) = (account = 'ORGANIZATION_PAYABLE')),
  currency        text     not null check (currency ~ '^[A-Z]{3}$'),
  amount          bigint   not null check (amount <> 0),
  primary key (transaction_id, line)
);

-- At commit every transaction of the ledger has entries, and they balance in every currency. The argument names the
-- column that holds the transaction's id.
create function ledger_must_balance() returns trigger
language plpgsql
as $$
declare
  checked uuid := to_jsonb(new) ->> tg_argv[0];
begin
  if not exists (select from ledger_entry where transaction_id = checked) then
    raise exception 'ledger transaction % has no entries', checked using errcode = 'check_violation';
  end if;
  if exists (select from ledger_entry where transaction_id = checked group by currency having sum(amount) <> 0) then
    raise exception 'ledger transaction % does not balance', checked using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create constraint trigger ledger_transaction_balances after insert on ledger_transaction
  deferrable initially deferred for each row execute function ledger_must_balance('id');
create constraint trigger ledger_entry_balances after insert on ledger_entry
  deferrable initially deferred for each row execute function ledger_must_balance('transaction_id');

create function ledger_is_append_only() returns trigger
language plpgsql
as $$
begin
  raise exception 'the ledger is append-only: correct it by another transaction' using errcode = 'check_violation';
end
$$;

create trigger ledger_transaction_append_only before update or delete or truncate on ledger_transaction
  for each statement execute function ledger_is_append_only();
create trigger ledger_entry_append_only before update or delete or truncate on ledger_entry
  for each statement execute function ledger_is_append_only();
