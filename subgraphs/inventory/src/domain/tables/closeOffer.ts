import type { Book } from '../book.js';
import type { WaitlistState } from './waitlistEntry.js';

/** Ends what the line had offered under a hold, when that ends; nothing for an ordinary hold. */
export function closeOffer(
  book: Book,
  orderId: string,
  state: Extract<WaitlistState, 'LAPSED' | 'LEFT' | 'TAKEN'>,
): void {
  const entry = book.tables.offeredBy(orderId);
  if (!entry) return;
  entry.state = state;
  if (state !== 'TAKEN') book.tables.tell(state === 'LAPSED' ? 'lapsed' : 'left', entry, book.correlationId);
}
