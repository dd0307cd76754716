import { withCausation } from '@foyer/kafka';
import { requirePermission, withRefusals } from '@foyer/platform';
import { unavailable } from '../domain/refusals.js';
import { acceptWaitlistOffer, type AcceptWaitlistOfferInput } from '../operations/acceptWaitlistOffer.js';
import { cancelReservation, type CancelReservationInput } from '../operations/cancelReservation.js';
import { changeReservation, type ChangeReservationInput } from '../operations/changeReservation.js';
import { completeReservation } from '../operations/completeReservation.js';
import { declineWaitlistOffer } from '../operations/declineWaitlistOffer.js';
import { markNoShow } from '../operations/markNoShow.js';
import { reserveForGuest, type ReserveForGuestInput } from '../operations/reserveForGuest.js';
import { reserveTable, type ReserveTableInput } from '../operations/reserveTable.js';
import { seatReservation } from '../operations/seatReservation.js';
import type { Services } from '../operations/services.js';
import { walkIn, type WalkInInput } from '../operations/walkIn.js';
import { findReservation } from '../store/findReservation.js';
import type { OrdersContext } from './context.js';

interface Input<Value> {
  readonly input: Value;
}

interface Named {
  readonly id: string;
}

/** Mutations of reservations. */
export function reservationMutations(services: Services) {
  /** A mutation that answers with a reservation. @param work gives its id. */
  const mutation = <Arguments>(
    typename: string,
    work: (args: Arguments, context: OrdersContext) => Promise<string>,
  ) =>
    withRefusals(async (_: unknown, args: Arguments, context: OrdersContext) => {
      const id = await withCausation({ correlationId: context.requestId }, () => work(args, context));
      const reservation = await findReservation(services.store.sql, id);
      // It was being made when the time to answer was over, and could not be made a moment later.
      if (!reservation) throw unavailable();
      // Whoever may do something to a reservation by its code sees what its guest sees.
      const byCode = context.identity.kind !== 'user';
      return { __typename: typename, reservation: { ...reservation, byCode } };
    });

  return {
    reserveTable: mutation('ReserveTablePayload', ({ input }: Input<ReserveTableInput>, { identity }) =>
      reserveTable(services, requirePermission(identity, 'order:place').userId, input),
    ),
    acceptWaitlistOffer: mutation(
      'ReserveTablePayload',
      ({ input }: Input<AcceptWaitlistOfferInput>, { identity }) =>
        acceptWaitlistOffer(services, requirePermission(identity, 'order:place').userId, input),
    ),
    declineWaitlistOffer: withRefusals(
      async (_: unknown, { entryId }: { readonly entryId: string }, { identity }: OrdersContext) => {
        const { userId } = requirePermission(identity, 'order:place');
        return {
          __typename: 'DeclineWaitlistOfferPayload',
          entryId: await declineWaitlistOffer(services, userId, entryId),
        };
      },
    ),
    changeReservation: mutation(
      'ChangeReservationPayload',
      ({ input }: Input<ChangeReservationInput>, { identity }) =>
        changeReservation(services, identity, input),
    ),
    cancelReservation: mutation(
      'CancelReservationPayload',
      ({ input }: Input<CancelReservationInput>, { identity }) =>
        cancelReservation(services, identity, input),
    ),
    reserveForGuest: mutation(
      'ReserveForGuestPayload',
      ({ input }: Input<ReserveForGuestInput>, { identity }) => reserveForGuest(services, identity, input),
    ),
    walkIn: mutation('WalkInPayload', ({ input }: Input<WalkInInput>, { identity }) =>
      walkIn(services, identity, input),
    ),
    seatReservation: mutation('ReservationPayload', ({ id }: Named, { identity }) =>
      seatReservation(services, identity, id),
    ),
    completeReservation: mutation('ReservationPayload', ({ id }: Named, { identity }) =>
      completeReservation(services, identity, id),
    ),
    markNoShow: mutation('ReservationPayload', ({ id }: Named, { identity }) =>
      markNoShow(services, identity, id),
    ),
  };
}
