import { randomUUID } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import { REFUSAL } from './operations.js';
import type { OpenRestaurant } from './restaurant.js';
import type { Person } from './story.js';

/** A reservation as the tests look at it. */
export interface ReservationView {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly reason: string | null;
  readonly version: number;
  readonly startsAt: string;
  readonly endsAt: string;
  /** The restaurant's day that it belongs to. */
  readonly day: string | null;
  readonly partySize: number;
  readonly areaId: string;
  readonly areaName: string;
  readonly restaurant: { readonly name: string };
  readonly deposit: { readonly amount: number };
  readonly order: {
    readonly id: string;
    readonly status: string;
    readonly refunded: { readonly amount: number };
    readonly payment: { readonly payUrl: string | null; readonly status: string } | null;
  } | null;
}

/** What came of asking for a table. */
export interface TableAnswer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly reservation?: ReservationView;
  readonly freeTimes?: readonly { readonly startsAt: string; readonly areaName: string }[];
}

const RESERVATION = `id code status reason version startsAt endsAt day partySize areaId areaName restaurant { name } deposit { amount }
  order { id status refunded { amount } payment { payUrl status } }`;
const REFUSED = `${REFUSAL} ... on TableRefused { freeTimes { startsAt areaName } }`;

const RESERVE = `mutation ($input: ReserveTableInput!) {
  answer: reserveTable(input: $input) { ${REFUSED} ... on ReserveTablePayload { reservation { ${RESERVATION} } } }
}`;
const CHANGE = `mutation ($input: ChangeReservationInput!) {
  answer: changeReservation(input: $input) { ${REFUSED} ... on ChangeReservationPayload { reservation { ${RESERVATION} } } }
}`;
const CANCEL = `mutation ($input: CancelReservationInput!) {
  answer: cancelReservation(input: $input) { ${REFUSAL} ... on CancelReservationPayload { reservation { ${RESERVATION} } } }
}`;
const READ = `query ($id: ID!) { answer: reservation(id: $id) { ${RESERVATION} } }`;

/** What of a wish for a table is not ordinary. */
export type TableWish = Readonly<Record<string, unknown>> & { readonly startsAt: string };

/** Asks for a table for two. */
export function reserveTable(
  person: Person,
  { restaurantId }: Pick<OpenRestaurant, 'restaurantId'>,
  wish: TableWish,
): Promise<TableAnswer> {
  const input = {
    idempotencyKey: randomUUID(),
    restaurantId,
    partySize: 2,
    paymentProvider: 'SANDBOX',
    ...wish,
  };
  return person.ask<TableAnswer>(RESERVE, { input });
}

/** Gets a table, whatever has to be heard of first. */
export async function reserved(
  person: Person,
  restaurant: OpenRestaurant,
  wish: TableWish,
): Promise<ReservationView> {
  const answer = await reserveTable(person, restaurant, wish);
  if (!answer.reservation) throw new Error(`the table was refused: ${JSON.stringify(answer)}`);
  return answer.reservation;
}

/** Changes a reservation. */
export function changeReservation(person: Person, id: string, more: object): Promise<TableAnswer> {
  const input = { reservation: { id }, idempotencyKey: randomUUID(), ...more };
  return person.ask<TableAnswer>(CHANGE, { input });
}

/** Cancels a reservation. */
export function cancelReservation(person: Person, id: string): Promise<TableAnswer> {
  return person.ask<TableAnswer>(CANCEL, { input: { reservation: { id } } });
}

/** Reads a reservation; null when it is not the person's to see. */
export function readReservation(person: Person, id: string): Promise<ReservationView | null> {
  return person.ask<ReservationView | null>(READ, { id });
}

/** A reservation once there is a page to pay its deposit on. */
export function payableReservation(person: Person, id: string): Promise<ReservationView> {
  return reservationIs(person, id, ({ order }) => typeof order?.payment?.payUrl === 'string', 'the pay page');
}

/** Waits until a reservation is as wanted. */
export function reservationIs(
  person: Person,
  id: string,
  wanted: (reservation: ReservationView) => boolean,
  what: string,
): Promise<ReservationView> {
  return waitUntil(async () => {
    const present = await readReservation(person, id);
    return present && wanted(present) ? present : null;
  }, what);
}
