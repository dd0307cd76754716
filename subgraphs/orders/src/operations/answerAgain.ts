import { keyReused } from '../domain/refusals.js';
import type { KeyRow } from '../store/findKey.js';
import type { Services } from './services.js';
import { waitForSaga } from './waitForSaga.js';

/**
 * Answers what was asked before under the same idempotency key: waits for the first answer, if it is not there yet.
 * @returns the order's id.
 * @throws Refused `IdempotencyKeyReused` when something else is asked now, or what the first call was refused with.
 */
export async function answerAgain(
  { store, configuration }: Services,
  { inputHash: first, orderId, sagaId }: KeyRow,
  inputHash: string,
): Promise<string> {
  if (first !== inputHash) throw keyReused();
  if (sagaId !== null) await waitForSaga(store, { sagaId, orderId, withinMs: configuration.answerWithinMs });
  return orderId;
}
