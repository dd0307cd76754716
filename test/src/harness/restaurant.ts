import { randomUUID } from 'node:crypto';
import { eventually } from './eventually.js';
import { OPERATIONS, REFUSAL } from './operations.js';
import { quiet } from './quiet.js';
import { askUntil, type Person, type Stage } from './story.js';

const CREATE = `mutation ($input: CreateRestaurantInput!) {
  answer: createRestaurant(input: $input) { ${REFUSAL}
    ... on RestaurantPayload { restaurant { id areas { id name } } } }
}`;
const PUBLISH = `mutation ($id: ID!) {
  answer: publishRestaurant(restaurantId: $id) { ${REFUSAL} ... on RestaurantPayload { restaurant { status } } }
}`;
const SLOTS = `query ($id: ID!, $date: String!) {
  answer: restaurant(id: $id) { slots(date: $date, partySize: 2) { startsAt } }
}`;

/** A restaurant that takes reservations. */
export interface OpenRestaurant {
  readonly restaurantId: string;
  readonly organizationId: string;
  readonly name: string;
  /** Area ids by name. */
  readonly areas: Readonly<Record<string, string>>;
}

/** How a restaurant is made; what is left out is ordinary. */
export interface RestaurantOptions {
  readonly areas?: readonly object[];
  /** Per person, in minor units. */
  readonly deposit?: number;
  readonly cancellation?: { readonly freeUntilHours: number; readonly thenPercent: number };
  readonly limitPerPersonAndDay?: number;
  readonly location?: { readonly latitude: number; readonly longitude: number };
}

/** Where restaurants stand unless a test says otherwise. */
export const PARIS = { latitude: 48.8566, longitude: 2.3522 };

/** The restaurant's day so many days from now. */
export const dayIn = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** An organization's restaurant in Paris, open round the clock, made, published and known to everybody. */
export async function newRestaurant(
  stage: Stage,
  owner: Person,
  options: RestaurantOptions = {},
): Promise<OpenRestaurant> {
  const { organization } = await owner.ask<{ organization: { id: string } }>(OPERATIONS.createOrganization, {
    name: 'Bistro Group',
  });
  const name = `Bistro ${randomUUID().slice(0, 8)}`;
  const { restaurant } = await askUntil<{
    __typename: string;
    restaurant: { id: string; areas: readonly { id: string; name: string }[] };
  }>(
    owner,
    CREATE,
    {
      input: {
        organizationId: organization.id,
        name,
        address: '1 Quai',
        city: 'Paris',
        zipCode: '75001',
        location: options.location ?? PARIS,
        timeZone: 'Europe/Paris',
        cuisines: ['french'],
        priceRange: 3,
        currency: 'EUR',
        seating: { noticeMinutes: 0, horizonDays: 30 },
        hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '00:00', closes: '00:00' })),
        areas: options.areas ?? [{ name: 'Room', tables: [{ name: '1', seats: 4 }] }],
        deposit: options.deposit ?? 0,
        cancellation: options.cancellation ?? { freeUntilHours: 24, thenPercent: 50 },
        limitPerPersonAndDay: options.limitPerPersonAndDay ?? 2,
      },
    },
    'RestaurantPayload',
  );
  await owner.ask(PUBLISH, { id: restaurant.id });
  await quiet(stage.variables, 60_000);
  await eventually(
    async () => (await slotsOf(owner, restaurant.id, dayIn(2))).length > 0,
    'the times',
    60_000,
  );
  return {
    restaurantId: restaurant.id,
    organizationId: organization.id,
    name,
    areas: Object.fromEntries(restaurant.areas.map((area) => [area.name, area.id])),
  };
}

/** When a seating may begin on a day. */
export async function slotsOf(
  person: Person,
  restaurantId: string,
  date: string,
): Promise<readonly string[]> {
  const { slots } = await person.ask<{ slots: readonly { startsAt: string }[] | null }>(SLOTS, {
    id: restaurantId,
    date,
  });
  return (slots ?? []).map(({ startsAt }) => startsAt);
}
