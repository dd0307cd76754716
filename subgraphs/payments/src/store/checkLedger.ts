import type { Queryable } from '@foyer/kafka';

/** The ledger's sums in one currency, minor units. */
export interface LedgerSums {
  readonly currency: string;
  /** All that providers took in. */
  readonly captured: bigint;
  /** What organizations are owed. */
  readonly allocated: bigint;
  /** All that was given back. */
  readonly refunded: bigint;
  /** Captured, and neither owed nor given back. */
  readonly suspense: bigint;
}

/** The ledger added up, and what is wrong with it. */
export interface LedgerReport {
  readonly currencies: readonly LedgerSums[];
  /** In words; empty when it is sound. */
  readonly faults: readonly string[];
}

const SUMS = `
  select currency,
    coalesce(sum(amount) filter (where account = 'PROVIDER_CLEARING'), 0)::bigint as captured,
    coalesce(-sum(amount) filter (where account = 'ORGANIZATION_PAYABLE'), 0)::bigint as allocated,
    coalesce(-sum(amount) filter (where account = 'REFUNDS'), 0)::bigint as refunded,
    coalesce(-sum(amount) filter (where account = 'SUSPENSE'), 0)::bigint as suspense
  from ledger_entry group by currency order by currency`;

/** Each gives a row of `fault` for everything that is wrong. */
const FAULTS = [
  `select format('ledger transaction %s does not balance in %s: %s too much', transaction_id, currency, sum(amount)) as fault
   from ledger_entry group by transaction_id, currency having sum(amount) <> 0`,
  `select format('ledger transaction %s has no entries', id) as fault
   from ledger_transaction where not exists (select from ledger_entry where transaction_id = id)`,
  `select format('payment %s has captured %s, the ledger says %s', p.id, p.captured, coalesce(l.amount, 0)) as fault
   from payment p left join (
     select t.payment_id, sum(e.amount) as amount from ledger_transaction t
     join ledger_entry e on e.transaction_id = t.id and e.account = 'PROVIDER_CLEARING' group by t.payment_id
   ) l on l.payment_id = p.id
   where p.captured <> coalesce(l.amount, 0)`,
  `select format('payment %s has given back %s, its refunds are %s, the ledger says %s',
     p.id, p.refunded, coalesce(r.amount, 0), coalesce(l.amount, 0)) as fault
   from payment p
   left join (
     select payment_id, sum(amount) as amount from refund where status = 'SUCCEEDED' group by payment_id
   ) r on r.payment_id = p.id
   left join (
     select t.payment_id, -sum(e.amount) as amount from ledger_transaction t
     join ledger_entry e on e.transaction_id = t.id and e.account = 'REFUNDS' group by t.payment_id
   ) l on l.payment_id = p.id
   where p.refunded <> coalesce(r.amount, 0) or p.refunded <> coalesce(l.amount, 0)`,
  `select format('payment %s has %s under way back, its refunds are %s', p.id, p.refunding, coalesce(r.amount, 0)) as fault
   from payment p left join (
     select payment_id, sum(amount) as amount from refund where status = 'REQUESTED' group by payment_id
   ) r on r.payment_id = p.id
   where p.refunding <> coalesce(r.amount, 0)`,
  `select format('order %s has %s in suspense and %s payable, the ledger says %s and %s',
     a.order_id, a.suspense, a.payable, coalesce(l.suspense, 0), coalesce(l.payable, 0)) as fault
   from order_account a left join (
     select t.order_id,
       coalesce(-sum(e.amount) filter (where e.account = 'SUSPENSE'), 0) as suspense,
       coalesce(-sum(e.amount) filter (where e.account = 'ORGANIZATION_PAYABLE'), 0) as payable
     from ledger_transaction t join ledger_entry e on e.transaction_id = t.id group by t.order_id
   ) l on l.order_id = a.order_id
   where a.suspense <> coalesce(l.suspense, 0) or a.payable <> coalesce(l.payable, 0)`,
] as const;

/**
 * Adds the ledger up and proves it: every movement balances, within each currency captured = allocated + refunded +
 * suspense, and payments, refunds and order accounts say what the ledger says. Reads the whole ledger.
 *
 * What must hold only when everything is quiet (suspense is 0) is left to the caller.
 * @param sql one transaction of isolation REPEATABLE READ, so that all is read as of one moment.
 */
export async function checkLedger(sql: Queryable): Promise<LedgerReport> {
  const currencies = await sql.query<LedgerSums>(SUMS);
  const faults: string[] = currencies
    .filter(({ captured, allocated, refunded, suspense }) => captured !== allocated + refunded + suspense)
    .map(({ currency }) => `in ${currency}, captured is not allocated + refunded + suspense`);
  for (const query of FAULTS) {
    const rows = await sql.query<{ fault: string }>(query);
    faults.push(...rows.map(({ fault }) => fault));
  }
  return { currencies, faults };
}
