import type { Identity } from '@foyer/platform';
import type { Answer, TestCatalog } from './createTestCatalog.js';

export const REFUSAL = `... on Refusal { code message } ... on InvalidInput { fields { path rule } }`;

const RESTAURANT = `... on RestaurantPayload { restaurant {
  id status name cuisines dietary openAt areas { id name kind seats joins tables { id name seats } }
  exceptions { date intervals { opens closes } } hours { weekday opens closes } rating { average count } } }`;

const CONFLICT = `... on ReservationsInConflict { count reservations { code startsAt partySize areaName } }`;

/** An answer about a restaurant. */
export type RestaurantAnswer = Answer & {
  readonly restaurant: {
    readonly id: string;
    readonly status: string;
    readonly name: string;
    readonly areas: readonly {
      readonly id: string;
      readonly name: string;
      readonly joins: readonly (readonly string[])[];
      readonly tables: readonly { readonly id: string; readonly name: string }[];
    }[];
  };
};

/** Every day from 11:00 to 23:00. */
export const DAILY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '11:00', closes: '23:00' }));

/** A restaurant in the middle of Ho Chi Minh City with a table of two and one of four. */
export const restaurantInput = (organizationId: string) => ({
  organizationId,
  name: 'Bến Nghé Kitchen',
  description: 'River food by the old docks',
  address: '1 Tôn Đức Thắng',
  city: 'Hồ Chí Minh',
  zipCode: '700000',
  location: { latitude: 10.7769, longitude: 106.7009 },
  timeZone: 'Asia/Ho_Chi_Minh',
  cuisines: ['Vietnamese', 'vietnamese '],
  priceRange: 2,
  currency: 'VND',
  hours: DAILY,
  areas: [
    {
      name: 'Room',
      tables: [
        { name: '1', seats: 2 },
        { name: '2', seats: 4 },
      ],
      joins: [['1', '2']],
    },
  ],
});

/** Runs a mutation of a restaurant that takes `input`. */
export async function mutate(
  catalog: TestCatalog,
  as: Identity,
  call: string,
  input: object,
): Promise<RestaurantAnswer> {
  const type = `${call[0]?.toUpperCase() ?? ''}${call.slice(1)}Input!`;
  const conflict = call === 'createRestaurant' ? '' : CONFLICT;
  return catalog.one<RestaurantAnswer>(
    as,
    `mutation ($input: ${type}) { ${call}(input: $input) { __typename ${RESTAURANT} ${REFUSAL} ${conflict} } }`,
    { input },
  );
}

/** Publishes or closes a restaurant. */
export function step(
  catalog: TestCatalog,
  as: Identity,
  call: 'publishRestaurant' | 'closeRestaurant',
  restaurantId: string,
  keepReservations = false,
): Promise<RestaurantAnswer> {
  const keep = call === 'closeRestaurant' ? `, keepReservations: ${keepReservations}` : '';
  return catalog.one<RestaurantAnswer>(
    as,
    `mutation ($id: ID!) { ${call}(restaurantId: $id${keep}) { __typename ${RESTAURANT} ${REFUSAL} ${CONFLICT} } }`,
    { id: restaurantId },
  );
}

/** A published restaurant. @returns its id. */
export async function published(
  catalog: TestCatalog,
  as: Identity,
  organizationId: string,
  changes: object = {},
): Promise<string> {
  const input = { ...restaurantInput(organizationId), ...changes };
  const { restaurant } = await mutate(catalog, as, 'createRestaurant', input);
  expect((await step(catalog, as, 'publishRestaurant', restaurant.id)).__typename).toBe('RestaurantPayload');
  return restaurant.id;
}
