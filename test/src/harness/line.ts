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

/** Joins the line of an event. */
export function joinLine(person: Person, eventId: string, stayForReturns = false) {
  return person.ask<{ __typename: string; code?: string; entry?: Place }>(
    `mutation ($eventId: ID!, $stayForReturns: Boolean!) {
      answer: joinWaitroom(eventId: $eventId, stayForReturns: $stayForReturns) {
        __typename ... on Refusal { code message } ... on JoinWaitroomPayload { entry { ${FIELDS} } }
      }
    }`,
    { eventId, stayForReturns },
  );
}

/** Watches one's place; `event { name }` comes from the catalog. */
export function watchPlace(person: Person, eventId: string): Watch<Place> {
  return person.watch<Place>(
    `subscription ($eventId: ID!) { answer: queuePosition(eventId: $eventId) { ${FIELDS} } }`,
    {
      eventId,
    },
  );
}
