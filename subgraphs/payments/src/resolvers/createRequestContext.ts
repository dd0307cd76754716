import { hasOrganizationRight, queryable } from '@foyer/kafka';
import { isId, type Identity, type RequestContext } from '@foyer/platform';
import DataLoader from 'dataloader';
import type { Payment } from '../domain/payment.js';
import type { PaymentsDatabase } from '../store/database.js';
import { findPaymentsBy } from '../store/findPaymentsBy.js';
import type { PaymentAt } from '../store/rows.js';
import type { PaymentsContext } from './context.js';

/** Loaders of one request: what is asked for together is read together, and only what its caller may see. */
export function createRequestContext(database: PaymentsDatabase): (base: RequestContext) => PaymentsContext {
  const sql = queryable(database.pool);
  return (base) => {
    const organizations = new Map<string, Promise<boolean>>();
    const maySee = async ({ personId, organizationId }: Payment, identity: Identity): Promise<boolean> => {
      if (identity.kind === 'user' && identity.userId === personId) return true;
      let right = organizations.get(organizationId);
      if (!right) {
        const roles = ['OWNER', 'ADMIN'] as const;
        right = hasOrganizationRight(sql, identity, {
          organizationId,
          roles,
          orPermission: 'payment:read-any',
        });
        organizations.set(organizationId, right);
      }
      return await right;
    };
    const visible = async (by: 'id' | 'order_id', keys: readonly string[]): Promise<readonly PaymentAt[]> => {
      const found = await findPaymentsBy(sql, by, keys.filter(isId));
      const shown = await Promise.all(found.map((payment) => maySee(payment, base.identity)));
      return found.filter((_, index) => shown[index]);
    };
    return {
      ...base,
      payments: new DataLoader(async (ids) => {
        const byId = new Map((await visible('id', ids)).map((payment) => [payment.id, payment]));
        return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
      }),
      paymentsOfOrder: new DataLoader(async (ids) => {
        const all = await visible('order_id', ids);
        return ids.map((id) => all.filter(({ orderId }) => orderId === id.toLowerCase()));
      }),
    };
  };
}
