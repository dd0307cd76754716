import type { DemoClient } from '../demoClient.js';
import type { DemoRestaurant } from './demoRestaurant.js';
import { dayIn } from './findSlot.js';

const REFUSAL = '... on Refusal { code message }';

interface Found {
  readonly id: string;
  readonly status: string;
}

/**
 * Makes a restaurant with its menu and publishes it; one that is published already is left alone.
 * @param found the organization's restaurants by name: demo data that was interrupted goes on where it stood.
 * @returns its id.
 */
export async function makeRestaurant(
  organizer: DemoClient,
  organizationId: string,
  { details, menu, closedInDays }: DemoRestaurant,
  found: ReadonlyMap<string, Found>,
): Promise<string> {
  const known = found.get(details.name);
  if (known?.status === 'PUBLISHED') return known.id;
  const restaurantId = known?.id ?? (await createRestaurant(organizer, organizationId, details));
  await organizer.ask(`mutation ($input: SetMenuInput!) { answer: setMenu(input: $input) { ${REFUSAL} } }`, {
    input: { restaurantId, categories: menu },
  });
  if (closedInDays !== undefined) {
    await organizer.ask(
      `mutation ($input: SetRestaurantExceptionInput!) {
        answer: setRestaurantException(input: $input) { ${REFUSAL} }
      }`,
      { input: { restaurantId, date: dayIn(closedInDays, details.timeZone), intervals: [] } },
    );
  }
  await organizer.ask(`mutation ($id: ID!) { answer: publishRestaurant(restaurantId: $id) { ${REFUSAL} } }`, {
    id: restaurantId,
  });
  return restaurantId;
}

/** The restaurants of an organization by name. */
export async function findRestaurants(
  organizer: DemoClient,
  organizationId: string,
): Promise<ReadonlyMap<string, Found>> {
  const answer = await organizer.askUntilTaken<{
    restaurants: { edges: { node: Found & { name: string } }[] };
  } | null>(
    `query ($id: ID!) {
      answer: organization(id: $id) { restaurants(first: 100) { edges { node { id name status } } } }
    }`,
    { id: organizationId },
  );
  return new Map(answer?.restaurants.edges.map(({ node }) => [node.name, node]));
}

async function createRestaurant(
  organizer: DemoClient,
  organizationId: string,
  details: DemoRestaurant['details'],
): Promise<string> {
  const { restaurant } = await organizer.askUntilTaken<{ restaurant: { id: string } }>(
    `mutation ($input: CreateRestaurantInput!) {
      answer: createRestaurant(input: $input) { ... on RestaurantPayload { restaurant { id } } ${REFUSAL} }
    }`,
    { input: { ...details, organizationId } },
  );
  return restaurant.id;
}
