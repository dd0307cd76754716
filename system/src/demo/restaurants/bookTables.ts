import type { DemoClient } from '../demoClient.js';
import type { BusyEvening } from './demoRestaurant.js';
import type { SlotWish } from './findSlot.js';
import { findSlot } from './findSlot.js';

const REFUSAL = '... on Refusal { code message }';

/** Who has called. */
const CALLERS = [
  'Ana Ferreira',
  'Jonas Weber',
  'Thu Phạm',
  'Grace Lee',
  'Karim Haddad',
  'Ingrid Solberg',
  'Mateo Ruiz',
  'Priya Nair',
] as const;

/** Books tables for guests who have called, as the restaurant's people do. @returns when the evening begins. */
export async function bookEvening(
  organizer: DemoClient,
  restaurant: Pick<SlotWish, 'restaurantId' | 'timeZone'>,
  { parties, ...when }: BusyEvening,
): Promise<string> {
  const { restaurantId } = restaurant;
  const startsAt = await findSlot(organizer, { ...restaurant, ...when });
  await Promise.all(
    parties.map((partySize, index) =>
      organizer.askUntilTaken(
        `mutation ($input: ReserveForGuestInput!) { answer: reserveForGuest(input: $input) { ${REFUSAL} } }`,
        {
          input: {
            ...{ restaurantId, startsAt, partySize },
            idempotencyKey: `demo ${restaurantId} ${startsAt} ${index}`,
            guest: { name: CALLERS[index % CALLERS.length] },
          },
        },
      ),
    ),
  );
  return startsAt;
}

/** A table that somebody books in the application. */
export interface OwnTable extends SlotWish {
  readonly partySize: number;
  /** For the whole party; left out: none. */
  readonly deposit?: { readonly amount: number; readonly currency: string };
}

/** Reserves a table, and pays its deposit on the pay page, as a person would. Done once for each restaurant and time. */
export async function reserveTable(
  customer: DemoClient,
  { partySize, deposit, ...wish }: OwnTable,
): Promise<void> {
  const { restaurantId } = wish;
  const startsAt = await findSlot(customer, wish);
  const { reservation } = await customer.askUntilTaken<{
    reservation: { order: { payment: { payUrl: string | null } | null } | null };
  }>(
    `mutation ($input: ReserveTableInput!) {
      answer: reserveTable(input: $input) {
        ... on ReserveTablePayload { reservation { order { payment { payUrl } } } } ${REFUSAL}
      }
    }`,
    {
      input: {
        ...{ restaurantId, startsAt, partySize },
        idempotencyKey: `demo ${restaurantId} ${startsAt}`,
        ...(deposit && { expectedDeposit: deposit, paymentProvider: 'SANDBOX' }),
      },
    },
  );
  const payUrl = reservation.order?.payment?.payUrl;
  if (payUrl)
    await fetch(payUrl, { method: 'POST', body: new URLSearchParams({ choice: 'pay' }), redirect: 'manual' });
}

/** Waits for a table of two. */
export async function joinWaitlist(
  customer: DemoClient,
  { restaurantId, startsAt }: { readonly restaurantId: string; readonly startsAt: string },
): Promise<void> {
  await customer.askUntilTaken(
    `mutation ($input: JoinWaitlistInput!) { answer: joinWaitlist(input: $input) { ${REFUSAL} } }`,
    { input: { restaurantId, partySize: 2, from: startsAt } },
  );
}
