import { RestaurantCreated, type RestaurantSnapshot } from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import type { TestOrders } from './createTestOrders.js';
import type { Answer, Input } from './views.js';

/** A reservation as `RESERVATION` asks for it. */
export interface ReservationView {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly reason: string | null;
  readonly version: number;
  readonly areaId: string;
  readonly areaName: string;
  readonly tables: readonly string[] | null;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly partySize: number;
  readonly specialRequests: string;
  readonly guest: { readonly name: string; readonly email: string | null } | null;
  readonly deposit: { readonly amount: number };
  readonly freeUntil: string;
  readonly changePending: boolean;
  readonly order: {
    readonly status: string;
    readonly refunded: { readonly amount: number };
    readonly payment: { readonly id: string } | null;
    readonly history: readonly { readonly kind: string }[];
  } | null;
}

/** Fields of a reservation that tests look at. */
export const RESERVATION = `id code status reason version areaId areaName tables startsAt endsAt partySize specialRequests
  guest { name email } deposit { amount } freeUntil changePending
  order { status refunded { amount } payment { id } history { kind } }`;

/** The result of a mutation of reservations. */
export interface TableAnswer extends Answer {
  readonly reservation?: ReservationView;
  readonly freeTimes?: readonly unknown[];
}

const HOUR = 60 * 60 * 1000;

/** An instant so many hours from now, at a full hour. */
export function inHours(hours: number): string {
  return new Date(Math.floor(Date.now() / HOUR) * HOUR + hours * HOUR).toISOString();
}

/** A restaurant with a room of tables and a bar. */
export interface TestRestaurant {
  readonly restaurantId: string;
  readonly room: string;
  readonly bar: string;
}

/** Opens a restaurant, here and in the fake inventory: a room with so many seats, and a bar. */
export async function openRestaurant(
  orders: Pick<TestOrders, 'fakes' | 'tell' | 'organizationId'>,
  options: {
    readonly seats?: number;
    readonly barSeats?: number;
    readonly deposit?: number;
    readonly freeUntilHours?: number;
    readonly thenPercent?: number;
    readonly status?: RestaurantSnapshot['status'];
  } = {},
): Promise<TestRestaurant> {
  const { seats = 10, barSeats = 4, deposit = 0, freeUntilHours = 24, thenPercent = 50 } = options;
  const restaurantId = newId();
  const room = orders.fakes.offer(restaurantId, seats, deposit);
  const bar = orders.fakes.offer(restaurantId, barSeats, deposit);
  const data: RestaurantSnapshot = {
    restaurantId,
    organizationId: orders.organizationId,
    name: 'Krug',
    status: options.status ?? 'PUBLISHED',
    address: 'Street 1',
    city: 'Berlin',
    zipCode: '10115',
    location: { latitude: 52.5, longitude: 13.4 },
    timeZone: 'Europe/Berlin',
    cuisines: ['german'],
    priceRange: 2,
    schedule: { slotMinutes: 30, hours: [], exceptions: [] },
    seating: {
      durations: [{ upToPartySize: 8, minutes: 90 }],
      minimumParty: 1,
      maximumParty: 8,
      horizonDays: 30,
      noticeMinutes: 30,
    },
    areas: [
      { areaId: room, name: 'Room', place: 'INSIDE', kind: 'TABLES', seats: null, tables: [], joins: [] },
      { areaId: bar, name: 'Bar', place: 'BAR', kind: 'SEATS', seats: barSeats, tables: [], joins: [] },
    ],
    deposit: { amount: deposit, currency: 'EUR' },
    cancellation: { freeUntilHours, thenPercent },
    limitPerPersonAndDay: 2,
  };
  await orders.tell('catalog-events', testEvent(RestaurantCreated, { aggregateId: restaurantId, data }));
  return { restaurantId, room, bar };
}

/** Somebody to ask. */
type Asked = Pick<TestOrders, 'ask'>;

const INPUTS: Readonly<Record<string, string>> = {
  reserveTable: 'ReserveTable',
  acceptWaitlistOffer: 'ReserveTable',
};

/** Asks for a mutation of reservations with one argument `input`. */
export async function askTable(
  orders: Asked,
  as: Identity,
  name: string,
  input: Input,
): Promise<TableAnswer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
    ... on ${INPUTS[name] ?? type}Payload { reservation { ${RESERVATION} } } ... on Refusal { code message }
    ... on InvalidInput { fields { path rule message } } } }`;
  return (await orders.ask(as, query, { input }))[name] as TableAnswer;
}

/** Asks for a mutation of reservations with one argument `id`. */
export async function askById(orders: Asked, as: Identity, name: string, id: string): Promise<TableAnswer> {
  const query = `mutation ($id: ID!) { ${name}(id: $id) { __typename
    ... on ReservationPayload { reservation { ${RESERVATION} } } ... on Refusal { code message } } }`;
  return (await orders.ask(as, query, { id }))[name] as TableAnswer;
}

/** Reserves a table that must be had. */
export async function reserved(orders: Asked, as: Identity, input: Input): Promise<ReservationView> {
  const given = { idempotencyKey: newId(), startsAt: inHours(48), partySize: 2, ...input };
  const answer = await askTable(orders, as, 'reserveTable', given);
  if (!answer.reservation) throw new Error(JSON.stringify(answer));
  return answer.reservation;
}

/** A reservation as somebody sees it; null when they don't. */
export async function seen(orders: Asked, as: Identity, id: string): Promise<ReservationView | null> {
  const query = `query ($id: ID!) { reservation(id: $id) { ${RESERVATION} } }`;
  return (await orders.ask<{ readonly reservation: ReservationView | null }>(as, query, { id })).reservation;
}

/** Moves a reservation so that it began so many minutes ago, and lasts 90 in all. */
export async function begin(orders: Pick<TestOrders, 'pool'>, id: string, minutesAgo: number): Promise<void> {
  await orders.pool.query(
    `update reservation set starts_at = foyer_now() - $2 * interval '1 minute',
       ends_at = foyer_now() + (90 - $2) * interval '1 minute' where id = $1`,
    [id, minutesAgo],
  );
}
