import { findRestaurantCopy } from '@foyer/kafka';
import { InputCheck, newId, notInState, type Identity } from '@foyer/platform';
import { hashInput } from '../domain/hashInput.js';
import { changeUnderWay, keyReused } from '../domain/refusals.js';
import { requireAction, requireStaffAction } from '../domain/reservationStatus.js';
import { checkAreas, checkPartySize, checkTableWish, type TableWish } from '../domain/tableWish.js';
import { claimKey } from '../store/claimKey.js';
import { findKey, type KeyRow } from '../store/findKey.js';
import { isUnderWay } from '../store/isUnderWay.js';
import { waitForSaga } from './waitForSaga.js';
import { workOnReservation, type ReservationReference, type ReservationWork } from './workOnReservation.js';
import type { Services } from './services.js';

/** What a reservation is to become; what is left out stays. */
export interface ChangeReservationInput {
  readonly reservation: ReservationReference;
  readonly idempotencyKey: string;
  readonly startsAt?: Date | null | undefined;
  readonly partySize?: number | null | undefined;
  /** Left out: where it is, else anywhere. */
  readonly areaIds?: readonly string[] | null | undefined;
  readonly specialRequests?: string | null | undefined;
}

interface Begun {
  readonly sagaId: string | null;
}

/**
 * Gives a reservation another time, party or area, or leaves it as it is: judged on the difference, in one step of
 * inventory's. The change is written down before it is asked for.
 * @returns the reservation's id.
 * @throws Refused when it can't be had; the reservation stands as it was.
 */
export async function changeReservation(
  services: Services,
  identity: Identity,
  input: ChangeReservationInput,
): Promise<string> {
  new InputCheck().text(input.idempotencyKey, 'input.idempotencyKey', 100).done();
  const { startsAt, partySize, areaIds, specialRequests } = input;
  const inputHash = hashInput({ startsAt, partySize, areaIds, specialRequests });
  let begun: Begun = { sagaId: null };
  const id = await workOnReservation(services, identity, input.reservation, async (found) => {
    begun = await begin(services, found, identity, input, inputHash);
  });
  const { sagaId } = begun;
  const { answerWithinMs: withinMs } = services.configuration;
  if (sagaId !== null) await waitForSaga(services.store, { sagaId, orderId: id, withinMs });
  return id;
}

async function begin(
  { configuration }: Services,
  { work, reservation, isGuest }: ReservationWork,
  identity: Identity,
  input: ChangeReservationInput,
  inputHash: string,
): Promise<Begun> {
  const { sql, order, now } = work;
  const actorId = identity.kind === 'user' ? identity.userId : null;
  const asked = { personId: actorId ?? order.id, key: input.idempotencyKey.trim() };
  const sagaId = newId();
  const claim = { ...asked, operation: 'changeReservation', inputHash, orderId: order.id, sagaId };
  if (!(await claimKey(sql, claim))) {
    return repeated(await findKey(sql, asked.personId, claim.operation, asked.key), order.id, inputHash);
  }
  requireAction(reservation.status, 'CHANGE');
  if (!isGuest) requireStaffAction(reservation, 'CHANGE', now, configuration.seatEarlyMs);
  if (isGuest && reservation.startsAt <= now) {
    throw notInState('This reservation has begun. Ask the restaurant.', reservation.status);
  }
  if (await isUnderWay(sql, order.id, 'CHANGE')) throw changeUnderWay(reservation.status);
  const check = new InputCheck();
  const wish = checkTableWish(check, {
    startsAt: input.startsAt ?? reservation.startsAt,
    partySize: input.partySize ?? reservation.partySize,
    areaIds: input.areaIds,
    specialRequests: input.specialRequests ?? reservation.specialRequests,
  });
  const [offerId = reservation.areaId, ...anyOf] = await areasFor(check, work, reservation, wish, isGuest);
  check.done();
  work.begin({
    id: sagaId,
    kind: 'CHANGE',
    step: 'CHANGE_HOLD',
    data: {
      change: {
        id: sagaId,
        line: {
          offerId,
          quantity: wish.partySize,
          seating: { startsAt: wish.startsAt.toISOString(), anyOf },
        },
        byStaff: !isGuest,
        specialRequests: wish.specialRequests,
        actorId,
        asked,
      },
    },
  });
  return { sagaId };
}

/** Where to look, in order of preference: where it is, then anywhere, unless somebody says otherwise. */
async function areasFor(
  check: InputCheck,
  { sql }: ReservationWork['work'],
  { restaurantId, areaId }: ReservationWork['reservation'],
  { areaIds, partySize }: TableWish,
  isGuest: boolean,
): Promise<readonly string[]> {
  const restaurant = await findRestaurantCopy(sql, restaurantId);
  if (!restaurant) return [areaId];
  const { minimumParty, maximumParty } = restaurant.seating;
  if (isGuest) checkPartySize(check, partySize, minimumParty, maximumParty);
  const areas = checkAreas(check, restaurant, areaIds);
  if (areaIds.length > 0) return areas;
  return areas.includes(areaId) ? [areaId, ...areas.filter((each) => each !== areaId)] : areas;
}

function repeated(first: KeyRow | null, orderId: string, inputHash: string): Begun {
  if (first?.inputHash !== inputHash || first.orderId !== orderId) throw keyReused();
  return { sagaId: first.sagaId };
}
