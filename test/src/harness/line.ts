import type { Person } from './story.js';
import type { Watch } from './client.js';

/** A place in line as the tests look at it. */
export interface Place {
  readonly id: string;
  readonly status: string;
  readonly position: number | null;
  readonly saleState: string;
  readonly admissionToken: string | null;
  readonly endedReason: string | null;
  readonly version: number;
  readonly event: { readonly name: string };
}

const FIELDS = `id status position saleState admissionToken endedReason version event { name }`;

/** What came of joining. */
export interface JoinAnswer {
  readonly __typename: string;
  readonly code?: string;
  readonly entry?: Place;
}

/** Takes a place. */
export const JOIN = `mutation ($eventId: ID!, $stayForReturns: Boolean!) {
  answer: joinWaitroom(eventId: $eventId, stayForReturns: $stayForReturns) {
    __typename ... on Refusal { code message } ... on JoinWaitroomPayload { entry { ${FIELDS} } }
  }
}`;

/** One's place as it changes; `event { name }` comes from the catalog. */
export const PLACE_CHANGES = `subscription ($eventId: ID!) {
  answer: queuePosition(eventId: $eventId) { ${FIELDS} }
}`;

/** Joins the line of an event. */
export function joinLine(person: Person, eventId: string, stayForReturns = false) {
  return person.ask<JoinAnswer>(JOIN, { eventId, stayForReturns });
}

/** Watches one's place. */
export function watchPlace(person: Person, eventId: string): Watch<Place> {
  return person.watch<Place>(PLACE_CHANGES, { eventId });
}
