import { randomUUID } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import { OPERATIONS, REFUSAL } from './operations.js';
import { quiet } from './quiet.js';
import { askUntil, type Person, type Stage } from './story.js';
import type { AreaView } from './timelines.js';

const CREATE = `mutation ($input: CreateRestaurantInput!) {
  answer: createRestaurant(input: $input) { ${REFUSAL}
    ... on RestaurantPayload { restaurant { id areas { id name } } } }
}`;
const PUBLISH = `mutation ($id: ID!) {
  answer: publishRestaurant(restaurantId: $id) { ${REFUSAL} ... on RestaurantPayload { restaurant { status } } }
}`;
const SLOTS = `query ($id: ID!, $date: String!) {
  answer: restaurant(id: $id) { slots(date: $date, partySize: 2) { startsAt localTime state } }
}`;
const AREAS = `query ($id: ID!) {
  answer: restaurant(id: $id) { areas { id name seats tables { id name seats minimumParty } joins } }
}`;
const DAY_SHEET = `query ($id: ID!, $date: String!) {
  answer: restaurant(id: $id) { daySheet(date: $date) { id startsAt day tables } }
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
  readonly timeZone?: string;
  /** Every day; round the clock by default. */
  readonly hours?: { readonly opens: string; readonly closes: string };
  readonly horizonDays?: number;
  /** How long parties stay, ascending by size; 90 minutes by default. */
  readonly durations?: readonly { readonly upToPartySize: number; readonly minutes: number }[];
}

/** Where restaurants stand unless a test says otherwise. */
export const PARIS = { latitude: 48.8566, longitude: 2.3522 };

/** The restaurant's day so many days from now. */
export const dayIn = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** An organization's restaurant, in Paris and open round the clock unless told otherwise, made, published and known to everybody. */
export async function newRestaurant(
  stage: Stage,
  owner: Person,
  options: RestaurantOptions = {},
): Promise<OpenRestaurant> {
  const { organization } = await owner.ask<{ organization: { id: string } }>(OPERATIONS.createOrganization, {
    name: 'Bistro Group',
  });
  const name = `Bistro ${randomUUID().slice(0, 8)}`;
  const { opens, closes } = options.hours ?? { opens: '00:00', closes: '00:00' };
  const { horizonDays = 30, durations } = options;
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
        timeZone: options.timeZone ?? 'Europe/Paris',
        cuisines: ['french'],
        priceRange: 3,
        currency: 'EUR',
        seating: { noticeMinutes: 0, horizonDays, ...(durations && { durations }) },
        hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes })),
        areas: options.areas ?? [{ name: 'Room', tables: [{ name: '1', seats: 4 }] }],
        deposit: options.deposit ?? 0,
        cancellation: options.cancellation ?? { freeUntilHours: 24, thenPercent: 50 },
        limitPerPersonAndDay: options.limitPerPersonAndDay ?? 2,
      },
    },
    'RestaurantPayload',
  );
  await owner.ask(PUBLISH, { id: restaurant.id });
  await quiet(stage.variables);
  await waitUntil(async () => (await slotsOf(owner, restaurant.id, dayIn(2))).length > 0, 'the times');
  return {
    restaurantId: restaurant.id,
    organizationId: organization.id,
    name,
    areas: Object.fromEntries(restaurant.areas.map((area) => [area.name, area.id])),
  };
}

/** A time at which two may sit down. */
export interface SlotView {
  readonly startsAt: string;
  readonly localTime: string;
  readonly state: string;
}

/** The times of a day, and how each stands for two. */
export async function daySlots(
  person: Person,
  restaurantId: string,
  date: string,
): Promise<readonly SlotView[]> {
  const { slots } = await person.ask<{ slots: readonly SlotView[] | null }>(SLOTS, {
    id: restaurantId,
    date,
  });
  return slots ?? [];
}

/** When a seating may begin on a day. */
export async function slotsOf(
  person: Person,
  restaurantId: string,
  date: string,
): Promise<readonly string[]> {
  return (await daySlots(person, restaurantId, date)).map(({ startsAt }) => startsAt);
}

/** What a restaurant seats its guests at. */
export async function areasOf(person: Person, restaurantId: string): Promise<readonly AreaView[]> {
  return (await person.ask<{ areas: readonly AreaView[] }>(AREAS, { id: restaurantId })).areas;
}

/** A reservation as the restaurant's people have it before them. */
export interface DaySheetRow {
  readonly id: string;
  readonly startsAt: string;
  readonly day: string;
  readonly tables: readonly string[];
}

/** Everybody who comes on a day; for the restaurant's own people. */
export async function daySheetOf(
  person: Person,
  restaurantId: string,
  date: string,
): Promise<readonly DaySheetRow[]> {
  const { daySheet } = await person.ask<{ daySheet: readonly DaySheetRow[] | null }>(DAY_SHEET, {
    id: restaurantId,
    date,
  });
  if (!daySheet) throw new Error('the day sheet is not for this person');
  return daySheet;
}
