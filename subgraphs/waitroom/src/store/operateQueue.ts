import { notFound, notInState, type SqlTransaction } from '@foyer/platform';
import type { Queue } from '../domain/queue.js';
import { lockQueue } from './lockQueue.js';
import { configureQueue } from './saveQueueSettings.js';

/** What an operator does to a line. */
export type Operation =
  | { readonly kind: 'OPEN' }
  | { readonly kind: 'PAUSE' }
  | { readonly kind: 'RESUME' }
  | {
      readonly kind: 'CONFIGURE';
      readonly maximumInCheckout?: number | undefined;
      readonly admissionsPerMinute?: number | undefined;
    };

/**
 * Does what an operator wants; doing it again changes nothing.
 * @returns the queue as it is then.
 * @throws Refused `NotFound` without a queue, `NotInState` when the sale is over.
 */
export async function operateQueue(
  sql: SqlTransaction,
  eventId: string,
  operation: Operation,
): Promise<Queue> {
  const queue = await lockQueue(sql, eventId);
  if (!queue) throw notFound('waiting room for an event', eventId);
  const { state, now } = queue;
  if (state.cancelled || now >= state.saleEndsAt) {
    throw notInState(
      'The sale is over: there is nothing to operate any more.',
      state.cancelled ? 'EVENT_CANCELLED' : 'SALE_ENDED',
    );
  }
  switch (operation.kind) {
    case 'OPEN':
      if (state.openedAt === null) {
        queue.change({ openedAt: now });
        queue.append('OPENED');
      }
      break;
    case 'PAUSE':
    case 'RESUME': {
      const paused = operation.kind === 'PAUSE';
      if (state.paused !== paused) {
        queue.change({ paused });
        queue.append(paused ? 'PAUSED' : 'RESUMED');
      }
      break;
    }
    case 'CONFIGURE': {
      const { maximumInCheckout = state.maximumInCheckout, admissionsPerMinute = state.admissionsPerMinute } =
        operation;
      const differs =
        maximumInCheckout !== state.maximumInCheckout || admissionsPerMinute !== state.admissionsPerMinute;
      if (differs) configureQueue(queue, { maximumInCheckout, admissionsPerMinute });
      break;
    }
  }
  await queue.flush(sql);
  return queue.state;
}
