import { currentCausation } from '@foyer/kafka';
import { newId } from '@foyer/platform';
import { checkListing } from '../domain/checkListing.js';
import { hashInput } from '../domain/hashInput.js';
import { checkPlaceOrderInput, type PlaceOrderInput } from '../domain/placeOrderInput.js';
import { findKey } from '../store/findKey.js';
import { readFacts } from '../store/readFacts.js';
import { recordOrder } from '../store/recordOrder.js';
import type { SagaRow } from '../store/sagaRow.js';
import { accountBuyer } from './accountBuyer.js';
import { answerAgain } from './answerAgain.js';
import { quote } from './quote.js';
import type { Services } from './services.js';
import { verifyAdmission } from './verifyAdmission.js';
import { waitForSaga } from './waitForSaga.js';

/**
 * Places an order: checks it, records it, and runs its saga to the payment. Waits for that for some time; an order that
 * is still being made then is answered as it is, PENDING.
 * @returns the order's id.
 * @throws Refused when it is refused; nothing is held then, and the admission may be used again.
 */
export async function placeOrder(
  services: Services,
  userId: string,
  given: PlaceOrderInput,
): Promise<string> {
  const { store, runner, admissions, configuration } = services;
  const { idempotencyKey, ...input } = checkPlaceOrderInput(given);
  const inputHash = hashInput(input);
  const offerIds = input.lines.map(({ offerId }) => offerId);
  const facts = await readFacts(store.sql, offerIds, { userId, key: idempotencyKey });
  if (facts.key) return answerAgain(services, facts.key, inputHash);

  const quoted = quote(facts, input.lines, configuration.defaultPricing, 'input.lines');
  checkListing(quoted.event, facts.now);
  const { eventId, configuration: sale } = quoted.event;
  const admission = sale?.waitroom
    ? await verifyAdmission(admissions, input.admissionToken, userId, eventId)
    : null;
  const { correlationId } = currentCausation();
  const saga: SagaRow = {
    id: newId(),
    orderId: newId(),
    kind: 'PLACE',
    state: 'RUNNING',
    step: 'HOLD',
    undoing: false,
    taken: ['HOLD'],
    data: {
      ...(correlationId === undefined ? {} : { correlationId }),
      personId: userId,
      lines: input.lines,
      accessCode: input.accessCode ?? null,
      expected: input.expectedTotal,
      rules: quoted.rules,
      quoted: quoted.lines,
      provider: input.paymentProvider,
      paymentId: newId(),
    },
    outcome: null,
    attempts: 0,
    lastError: null,
    deadline: new Date(services.clock.now().getTime() + configuration.placeWithinMs),
  };
  const recorded = await recordOrder(store, {
    saga,
    buyer: { userId, ...accountBuyer(input.buyer, facts.person, 'input.buyer') },
    listing: { id: eventId, name: quoted.event.name, organizationId: quoted.event.organizationId },
    reservation: null,
    lines: quoted.lines,
    totals: quoted.totals,
    admission,
    idempotency: { personId: userId, operation: 'placeOrder', key: idempotencyKey, inputHash },
    lease: runner.lease,
  });
  if (!recorded) {
    const first = await findKey(store.sql, userId, 'placeOrder', idempotencyKey);
    return first ? answerAgain(services, first, inputHash) : placeOrder(services, userId, given);
  }
  const { id: sagaId, orderId } = saga;
  await waitForSaga(store, {
    sagaId,
    orderId,
    running: runner.run(saga),
    withinMs: configuration.answerWithinMs,
  });
  return orderId;
}
