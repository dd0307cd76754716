import { randomUUID } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import { REFUSAL } from './operations.js';
import type { Databases } from './quiet.js';
import type { ReservationView, TableAnswer } from './reservation.js';
import type { OpenRestaurant } from './restaurant.js';
import type { Person } from './story.js';

const JOIN = `mutation ($input: JoinWaitlistInput!) {
  answer: joinWaitlist(input: $input) { ${REFUSAL} ... on WaitlistEntryPayload { entry { id state ahead } } }
}`;
const ENTRY = `query ($id: ID!) { answer: waitlistEntry(id: $id) { id state ahead } }`;
const ACCEPT = `mutation ($input: AcceptWaitlistOfferInput!) {
  answer: acceptWaitlistOffer(input: $input) { ${REFUSAL}
    ... on ReserveTablePayload { reservation { id status startsAt partySize } } }
}`;
const DECLINE = `mutation ($id: ID!) {
  answer: declineWaitlistOffer(entryId: $id) { ${REFUSAL} ... on DeclineWaitlistOfferPayload { entryId } }
}`;

/** A place in line as its person sees it. */
export interface EntryView {
  readonly id: string;
  readonly state: string;
  readonly ahead: number;
}

/** Gets in line for one time. @throws when the line does not take them. */
export async function joinWaitlist(
  person: Person,
  { restaurantId }: Pick<OpenRestaurant, 'restaurantId'>,
  startsAt: string,
  partySize: number,
): Promise<EntryView> {
  const answer = await person.ask<{ entry?: EntryView }>(JOIN, {
    input: { restaurantId, partySize, from: startsAt },
  });
  if (!answer.entry) throw new Error(`the line refused: ${JSON.stringify(answer)}`);
  return answer.entry;
}

/** Waits until a place in line stands as wanted. */
export function entryIs(person: Person, id: string, state: string): Promise<EntryView> {
  return waitUntil(async () => {
    const entry = await person.ask<EntryView>(ENTRY, { id });
    return entry.state === state ? entry : null;
  }, `a place in line that is ${state}`);
}

/** Takes the table that is held; orders hears of it a moment after inventory holds it. */
export function acceptOffer(person: Person, entryId: string): Promise<ReservationView> {
  const idempotencyKey = randomUUID();
  return waitUntil(async () => {
    const answer = await person.ask<TableAnswer>(ACCEPT, { input: { entryId, idempotencyKey } });
    if (!answer.reservation && answer.code !== 'NOT_FOUND') {
      throw new Error(`the offer was refused: ${JSON.stringify(answer)}`);
    }
    return answer.reservation;
  }, 'the table that was offered');
}

/** Lets the table that is held go to the next. */
export async function declineOffer(person: Person, entryId: string): Promise<void> {
  const answer = await person.ask<{ entryId?: string }>(DECLINE, { id: entryId });
  if (answer.entryId !== entryId) throw new Error(`declining was refused: ${JSON.stringify(answer)}`);
}

/** Has the time of an offer be over now. */
export async function letOfferRunOut(
  { inventory }: Pick<Databases, 'inventory'>,
  entryId: string,
): Promise<void> {
  await inventory.query(
    `update hold set expires_at = foyer_now()
     where order_id = (select hold_order_id from waitlist_entry where id = $1)`,
    [entryId],
  );
}

/** A place in line as the database has it. */
interface Waiting {
  readonly id: string;
  readonly place: number;
  readonly partySize: number;
  readonly joinedAt: Date;
  /** The offer's hold, and its time; null while there was none. */
  readonly offerId: string | null;
  readonly offeredAt: Date | null;
}

/** A table that somebody got. */
interface Grant {
  readonly orderId: string;
  readonly personId: string;
  readonly at: Date;
  readonly seats: number;
}

/**
 * Judges a restaurant's line for one time by its own record: whoever got a table, by an offer or past the line, must not
 * have got one that somebody who had waited longer, and was waiting then, fits. Its tables stand alone.
 * @param seats of the restaurant's tables, by id.
 * @param strangers ids of those who never stood in line.
 */
export async function lineFaults(
  { inventory }: Pick<Databases, 'inventory'>,
  restaurantId: string,
  seats: ReadonlyMap<string, number>,
  strangers: ReadonlySet<string>,
): Promise<readonly string[]> {
  const [entries, holds] = await Promise.all([
    inventory.query<Waiting>(
      `select e.id, e.place::float8 as place, e.party_size as "partySize", e.created_at as "joinedAt",
         h.order_id as "offerId", h.created_at as "offeredAt"
       from waitlist_entry e left join hold h on h.order_id = e.hold_order_id
       where e.listing_id = $1`,
      [restaurantId],
    ),
    inventory.query<Omit<Grant, 'seats'> & { readonly tables: readonly string[] }>(
      `select h.order_id as "orderId", h.person_id as "personId", h.created_at as at, s.tables::text[] as tables
       from seating s join hold h using (order_id) where s.listing_id = $1`,
      [restaurantId],
    ),
  ]);
  const offers = new Map(entries.map((entry) => [entry.offerId, entry]));
  return holds.flatMap(({ tables, ...hold }) => {
    const offer = offers.get(hold.orderId);
    if (!offer && !strangers.has(hold.personId)) return [];
    const grant = { ...hold, seats: tables.reduce((sum, id) => sum + (seats.get(id) ?? 0), 0) };
    return entries
      .filter((entry) => entry.place < (offer?.place ?? Infinity) && wasPassedOver(entry, grant))
      .map(
        (entry) =>
          `place ${entry.place}, ${entry.partySize} people, was passed over by ${offer ? `place ${offer.place}` : 'a stranger'} at a table of ${grant.seats}`,
      );
  });
}

function wasPassedOver({ joinedAt, offeredAt, partySize }: Waiting, { at, seats }: Grant): boolean {
  return joinedAt < at && (offeredAt === null || offeredAt > at) && partySize <= seats;
}
