import { defineHandler, InventoryExpired, type EventHandler } from '@foyer/kafka';
import { workWithin, type WorkStore } from '../store/orderWork.js';
import { beginExpiry } from '../work/expireOrder.js';

/** The order's hold is over: unless its money is here or comes in time, it ends. */
export function onInventoryExpired(store: WorkStore): EventHandler {
  return defineHandler(InventoryExpired, {
    order: 'any',
    async handle({ data: { orderId } }, { sql }) {
      await workWithin(store, sql, orderId, beginExpiry);
    },
  });
}
