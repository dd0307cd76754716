import {
  defineHandler,
  InventoryChanged,
  InventoryConfirmed,
  InventoryExpired,
  InventoryHeld,
  InventoryReleased,
  OrderCreated,
  type EventHandler,
} from '@foyer/kafka';
import { noteOrderQuantity, noteOrderUnits } from '../store/queueOrders.js';

// One name: what inventory says of an order's units has one order.
const name = 'queue-order-units';

/**
 * Follows how many units orders ask for and have, so that nobody is admitted for units that are somebody's already.
 * @param changed called after the commit.
 */
export function orderHandlers(changed: () => void): readonly EventHandler<unknown>[] {
  const units = [
    ...[InventoryHeld, InventoryConfirmed, InventoryChanged].map(
      (definition) => [definition, 'HAS'] as const,
    ),
    ...[InventoryReleased, InventoryExpired].map((definition) => [definition, 'RETURNED'] as const),
  ].map(([definition, news]) =>
    defineHandler(definition, {
      name,
      async handle({ data: { orderId, lines } }, { sql }) {
        const [line] = lines;
        // Restaurants have lines of their own.
        if (!line || line.seating) return;
        sql.afterCommit(changed);
        await noteOrderUnits(sql, line.listingId, orderId, news, lines);
      },
    }),
  );
  const quantities = defineHandler(OrderCreated, {
    name: 'queue-order-quantities',
    async handle({ data: { order } }, { sql }) {
      if (order.reservationId !== undefined) return;
      sql.afterCommit(changed);
      const quantity = order.lines.reduce((sum, line) => sum + line.quantity, 0);
      await noteOrderQuantity(sql, order.listingId, order.orderId, quantity);
    },
  });
  return [...units, quantities];
}
