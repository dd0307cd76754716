import { currentCausation } from '@foyer/kafka';
import { InputCheck, newId, notFound, type Money } from '@foyer/platform';
import type { Guest } from '../domain/guest.js';
import { DEPOSIT_RULE, priceLine, totalsOf } from '../domain/pricing.js';
import { checkAreas, checkPartySize, type TableWish } from '../domain/tableWish.js';
import { findKey } from '../store/findKey.js';
import { readTableFacts, type TableFacts } from '../store/readTableFacts.js';
import { recordOrder } from '../store/recordOrder.js';
import type { SagaRow } from '../store/sagaRow.js';
import { answerAgain } from './answerAgain.js';
import { newReservation } from './newReservation.js';
import type { Services } from './services.js';
import { waitForSaga } from './waitForSaga.js';

/** A reservation to be made. */
export interface ReserveRequest {
  /** Who asks; also whose idempotency key it is. */
  readonly personId: string;
  readonly idempotencyKey: string;
  /** Of everything that was asked. */
  readonly inputHash: string;
  readonly restaurantId: string;
  readonly wish: TableWish;
  /** Whom it is for; null: a walk-in who left no name. Called before anything is recorded. */
  guestOf(facts: TableFacts): Guest | null;
  /** null: staff book for somebody; no deposit is asked, and the hours are theirs to judge. */
  readonly payer: {
    /** The deposit that the guest saw; null: none. */
    readonly expected: Money | null;
    readonly provider: string;
  } | null;
  readonly walkIn: boolean;
  /** The place in line whose offer is taken; null: whatever is free. */
  readonly waitlistEntryId: string | null;
}

/**
 * Makes a reservation: checks it, records it, and runs its order's saga, to the deposit's payment or to the confirmed
 * table. Waits for that for some time; what is still being made then is answered as it is, PENDING.
 * @returns the reservation's id.
 * @throws Refused when it is refused; nothing is held then.
 */
export async function reserve(services: Services, request: ReserveRequest): Promise<string> {
  const { store, runner, configuration, clock } = services;
  const { personId, idempotencyKey, inputHash, restaurantId, wish, payer } = request;
  const facts = await readTableFacts(store.sql, restaurantId, { personId, key: idempotencyKey });
  if (facts.key) return answerAgain(services, facts.key, inputHash);
  const { restaurant } = facts;
  if (!restaurant || restaurant.status === 'DRAFT') throw notFound('restaurant', restaurantId);
  const check = new InputCheck();
  const { minimumParty, maximumParty } = restaurant.seating;
  if (payer) checkPartySize(check, wish.partySize, minimumParty, maximumParty);
  const [first, ...anyOf] = checkAreas(check, restaurant, wish.areaIds);
  check.require(
    first !== undefined,
    'input.restaurantId',
    'NO_AREAS',
    `${restaurant.name} has no tables now.`,
  );
  check.done();
  const guest = request.guestOf(facts);

  const orderId = newId();
  const { amount, currency } = restaurant.deposit;
  const areaId = first ?? '';
  const unitPrice = payer ? amount : 0;
  const line = priceLine(
    { offerId: areaId, name: restaurant.name, quantity: wish.partySize, unitPrice, currency },
    DEPOSIT_RULE,
  );
  const { correlationId } = currentCausation();
  const startsAt = wish.startsAt.toISOString();
  const saga: SagaRow = {
    id: newId(),
    orderId,
    kind: 'PLACE',
    state: 'RUNNING',
    step: 'HOLD',
    undoing: false,
    taken: ['HOLD'],
    data: {
      ...(correlationId === undefined ? {} : { correlationId }),
      personId: payer ? personId : orderId,
      lines: [{ offerId: areaId, quantity: wish.partySize, seating: { startsAt, anyOf } }],
      byStaff: payer === null,
      waitlistEntryId: request.waitlistEntryId,
      expected: payer?.expected ?? { amount: 0, currency },
      rules: Object.fromEntries(restaurant.areas.map((area) => [area.areaId, DEPOSIT_RULE])),
      quoted: [line],
      provider: payer?.provider ?? '',
      paymentId: newId(),
    },
    outcome: null,
    attempts: 0,
    lastError: null,
    deadline: new Date(clock.now().getTime() + configuration.placeWithinMs),
  };
  const recorded = await recordOrder(store, {
    saga,
    buyer: payer
      ? { userId: personId, name: guest?.name ?? '', email: guest?.email ?? '' }
      : { userId: orderId, name: 'Guest', email: '' },
    listing: {
      id: restaurant.restaurantId,
      name: restaurant.name,
      organizationId: restaurant.organizationId,
    },
    reservation: newReservation(restaurant, {
      wish,
      areaId,
      userId: payer ? personId : null,
      guest: services.guests.seal(guest),
      walkIn: request.walkIn,
    }),
    lines: [line],
    totals: totalsOf([line], currency),
    admission: null,
    idempotency: { personId, operation: 'reserveTable', key: idempotencyKey, inputHash },
    lease: runner.lease,
  });
  if (!recorded) {
    const first = await findKey(store.sql, personId, 'reserveTable', idempotencyKey);
    return first ? answerAgain(services, first, inputHash) : reserve(services, request);
  }
  await waitForSaga(store, {
    sagaId: saga.id,
    orderId,
    running: runner.run(saga),
    withinMs: configuration.answerWithinMs,
  });
  return orderId;
}
