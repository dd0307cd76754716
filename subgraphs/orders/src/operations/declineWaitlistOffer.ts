import { isId, notFound, Refused } from '@foyer/platform';
import type { Services } from './services.js';

/**
 * Leaves a restaurant's line; the table that is held for the party goes to the next.
 * @returns the entry's id.
 * @throws Refused `NotFound` for a place in line that is not the caller's.
 */
export async function declineWaitlistOffer(
  { inventory }: Services,
  userId: string,
  givenId: string,
): Promise<string> {
  const entryId = givenId.toLowerCase();
  if (!isId(entryId)) throw notFound('place in line', givenId);
  const refusal = await inventory.leaveWaitlist({ entryId, personId: userId });
  if (refusal?.__typename === 'NotFound') throw notFound('place in line', givenId);
  if (refusal) throw new Refused(refusal);
  return entryId;
}
