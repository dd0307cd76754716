import { setTimeout as delay } from 'node:timers/promises';
import { JOIN, PLACE_CHANGES, type JoinAnswer, type Place } from '../../harness/line.js';
import type { OnSale } from '../../harness/story.js';
import type { Buyer } from './buyer.js';
import { NoAnswer } from './goodClient.js';
import { watchUntil } from './watchUntil.js';

const READ_PLACE = `query ($eventId: ID!) {
  answer: waitroomEntry(eventId: $eventId) { id status position saleState admissionToken endedReason version event { name } }
}`;

const BUSY_PAUSE_MS = 1000;

/** Joins the line of an event. @returns the place; null when the line is over. */
export async function join({ client }: Buyer, { eventId }: OnSale): Promise<Place | null> {
  for (;;) {
    const answer = await client.ask<JoinAnswer>('join', JOIN, { eventId, stayForReturns: false });
    if (answer.entry) return answer.entry;
    if (answer.__typename !== 'RateLimited') return null;
    await delay(BUSY_PAUSE_MS);
  }
}

/** Joins, and waits for the turn. @returns the admission's token; null when the line is over before the turn comes. */
export async function takeTurn(buyer: Buyer, offer: OnSale): Promise<string | null> {
  const { client, recorder, patience, id } = buyer;
  const joined = await join(buyer, offer);
  if (!joined) return null;
  let newest = joined;
  const variables = { eventId: offer.eventId };
  const place = await watchUntil<Place>(client, {
    subscription: PLACE_CHANGES,
    variables,
    async read() {
      if (Date.now() > patience.until)
        throw new NoAnswer(`the turn of ${JSON.stringify(newest)} does not come`);
      return client.ask<Place | null>('read', READ_PLACE, variables);
    },
    onValue(value) {
      if (value.id !== joined.id) {
        recorder.contradict(`${id} joined as ${joined.id} and is shown the place ${value.id}`);
        return;
      }
      // Another process may be a moment behind: of two answers the one with the higher version is the newer.
      if (value.version < newest.version) return;
      if (value.position !== null && newest.position !== null && value.position > newest.position)
        recorder.contradict(
          `place ${value.id} went back from ${newest.position} to ${value.position} in line`,
        );
      newest = value;
    },
    done: ({ status, admissionToken }) =>
      status !== 'QUEUED' && (status !== 'ADMITTED' || admissionToken !== null),
  });
  return place.status === 'ADMITTED' ? place.admissionToken : null;
}
