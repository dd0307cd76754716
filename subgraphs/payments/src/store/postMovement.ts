import type { Queryable } from '@foyer/kafka';
import { newId } from '@foyer/platform';
import type { LedgerEntry, Movement } from '../domain/ledgerEntries.js';
import type { OrderAccount } from './lockOrderAccount.js';

/** What a movement is. */
export type MovementKind =
  | { readonly kind: 'CAPTURE'; readonly paymentId: string; readonly refundId: null }
  | { readonly kind: 'ALLOCATION'; readonly paymentId: null; readonly refundId: null }
  | { readonly kind: 'REFUND'; readonly paymentId: string; readonly refundId: string };

/**
 * Writes a movement to the ledger, and where the order's money stands after it. The caller holds the account's lock.
 * The database refuses at commit what does not balance, and at once a second movement for the same reason.
 * @param provider who took the money in; null for movements that don't touch a provider.
 */
export async function postMovement(
  sql: Queryable,
  account: OrderAccount,
  { kind, paymentId, refundId }: MovementKind,
  { entries, balance }: Movement,
  provider: string | null,
): Promise<void> {
  const id = newId();
  await sql.query(
    `insert into ledger_transaction (id, kind, order_id, payment_id, refund_id, created_at)
     values ($1, $2, $3, $4, $5, foyer_now())`,
    [id, kind, account.orderId, paymentId, refundId],
  );
  const lines = entries.map((entry, index) => ({
    line: index + 1,
    ...partiesOf(entry),
    ...entry,
    amount: String(entry.amount),
  }));
  await sql.query(
    `insert into ledger_entry (transaction_id, line, account, provider, organization_id, currency, amount)
     select $1, line, account, case when has_provider then $2 end, case when has_organization then $3::uuid end, $4, amount
     from jsonb_to_recordset($5::jsonb)
       as entry (line smallint, account text, amount bigint, has_provider boolean, has_organization boolean)`,
    [id, provider, account.organizationId, account.currency, JSON.stringify(lines)],
  );
  await sql.query(`update order_account set suspense = $2, payable = $3 where order_id = $1`, [
    account.orderId,
    balance.suspense,
    balance.payable,
  ]);
}

function partiesOf({ account }: LedgerEntry) {
  return {
    has_provider: account === 'PROVIDER_CLEARING',
    has_organization: account === 'ORGANIZATION_PAYABLE',
  };
}
