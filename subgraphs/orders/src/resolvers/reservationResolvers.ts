import { hasOrganizationRight } from '@foyer/kafka';
import { isId } from '@foyer/platform';
import { money } from '../domain/money.js';
import type { Services } from '../operations/services.js';
import { FLOOR } from '../operations/staffRights.js';
import { findReservation } from '../store/findReservation.js';
import { isUnderWay } from '../store/isUnderWay.js';
import type { ReservationRow } from '../store/reservationRow.js';
import type { OrdersContext } from './context.js';
import { maySeeOrder, maySeeReservation } from './visibility.js';

/** A reservation as it is resolved. */
export interface ShownReservation extends ReservationRow {
  /** Whether somebody named it by its code and email: who knows these sees what its guest sees. */
  readonly byCode?: boolean;
}

/** Fields of a reservation that need more than its row. */
export function reservationResolvers({ store, guests }: Pick<Services, 'store' | 'guests'>) {
  const { sql } = store;
  return {
    async __resolveReference({ id }: { readonly id: string }, { identity }: OrdersContext) {
      const reservation = isId(id) ? await findReservation(sql, id) : null;
      return reservation && (await maySeeReservation(sql, identity, reservation)) ? reservation : null;
    },
    restaurant: ({ restaurantId: id }: ReservationRow) => ({ id }),
    async tables(
      { organizationId, restaurantId: listingId, tables }: ReservationRow,
      _: unknown,
      context: OrdersContext,
    ) {
      const right = { organizationId, listingId, roles: FLOOR };
      return (await hasOrganizationRight(sql, context.identity, right)) ? tables : null;
    },
    guest: ({ guest }: ReservationRow) => guests.open(guest),
    deposit: ({ deposit, currency }: ReservationRow) => money(deposit, currency),
    changePending: ({ id }: ReservationRow) => isUnderWay(sql, id, 'CHANGE'),
    async order({ id, byCode }: ShownReservation, _: unknown, { orders, identity }: OrdersContext) {
      const order = await orders.load(id);
      return order && (byCode || (await maySeeOrder(sql, identity, order))) ? order : null;
    },
  };
}
