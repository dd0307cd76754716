import type { DemoClient } from '../demoClient.js';
import { bookEvening, joinWaitlist, reserveTable } from './bookTables.js';
import { DEMO_RESTAURANTS } from './demoRestaurants.js';
import { findRestaurants, makeRestaurant } from './makeRestaurant.js';

/** Who makes and fills the demo restaurants. */
export interface RestaurantPeople {
  readonly organizer: DemoClient;
  /** Books for themselves, with and without a deposit, and waits. */
  readonly customer: DemoClient;
  /** Waits behind the customer. */
  readonly second: DemoClient;
}

/** Tables that the customer has, by the restaurant's name. */
const OWN_TABLES: Readonly<Record<string, { readonly inDays: number; readonly time: string }>> = {
  'Bến Nghé': { inDays: 2, time: '19:00' },
  'Madame Hạnh': { inDays: 6, time: '19:30' },
};

const PARTY = 2;

/** Makes the demo restaurants, their busy evenings, and what the customers have of them. */
export async function fillRestaurants(
  { organizer, customer, second }: RestaurantPeople,
  organizationId: string,
): Promise<void> {
  const found = await findRestaurants(organizer, organizationId);
  const made = await Promise.all(
    DEMO_RESTAURANTS.map(async (demo) => ({
      demo,
      restaurantId: await makeRestaurant(organizer, organizationId, demo, found),
    })),
  );
  await Promise.all(
    made.map(async ({ demo: { details, busy = [] }, restaurantId }) => {
      const restaurant = { restaurantId, timeZone: details.timeZone };
      for (const evening of busy) {
        const startsAt = await bookEvening(organizer, restaurant, evening);
        if (!evening.waitlist) continue;
        await joinWaitlist(customer, { restaurantId, startsAt });
        await joinWaitlist(second, { restaurantId, startsAt });
      }
      const own = OWN_TABLES[details.name];
      if (!own) return;
      const { deposit, currency } = details;
      await reserveTable(customer, {
        ...{ ...restaurant, ...own, partySize: PARTY },
        ...(deposit !== undefined && { deposit: { amount: deposit * PARTY, currency } }),
      });
    }),
  );
  await customer.ask(
    `mutation ($input: UpdatePreferencesInput!) {
      answer: updatePreferences(input: $input) { ... on Refusal { code message } }
    }`,
    { input: { cuisines: ['vietnamese', 'seafood'], defaultPartySize: PARTY } },
  );
}
