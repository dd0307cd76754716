import type { BackOff } from '@foyer/platform';
import type { Store } from '../store/openStore.js';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';

/** The most orders that one query finds. */
export const ORDERS_AT_ONCE = 100;

/**
 * Works on every order that is found, each in a transaction of its own, until there is no other. One that fails rests
 * and is not found meanwhile, so that it keeps nobody behind it, and is tried again later.
 */
export async function workOffOrders(options: {
  readonly store: Store;
  readonly items: BackOff;
  /** The next orders with something to do, up to `ORDERS_AT_ONCE`, without those that rest. */
  readonly find: (resting: readonly string[]) => Promise<readonly { readonly id: string }[]>;
  readonly work: (order: OrderWork) => Promise<void>;
}): Promise<void> {
  const { store, items, find, work } = options;
  let found: number;
  do {
    const due = await find(items.resting());
    for (const { id } of due) await items.attempt(id, () => workOnOrder(store, id, work));
    found = due.length;
  } while (found === ORDERS_AT_ONCE);
}
