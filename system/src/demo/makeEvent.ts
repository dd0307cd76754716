import type { DemoClient } from './demoClient.js';
import type { DemoEvent } from './demoEvents.js';

const REFUSAL = '... on Refusal { code message }';

/** How far an event of this name has come: demo data that was interrupted goes on where it stood. */
interface Found {
  readonly id: string;
  readonly status: string;
  readonly ticketClasses: readonly { readonly id: string; readonly name: string }[];
}

/**
 * Makes an event with its ticket classes and publishes it; steps that were done before are left alone.
 * @returns ids of the event and its ticket classes.
 */
export async function makeEvent(
  organizer: DemoClient,
  organizationId: string,
  event: DemoEvent,
): Promise<Found> {
  const found = (await findEvent(organizer, organizationId, event.details.name)) ?? {
    ...(await createEvent(organizer, organizationId, event)),
    ticketClasses: [],
  };
  const { id } = found;
  if (found.status === 'DRAFT') {
    await organizer.ask(
      `mutation ($input: ConfigureEventInput!) { answer: configureEvent(input: $input) { ${REFUSAL} } }`,
      { input: { ...event.configuration, eventId: id } },
    );
  }
  const ticketClasses = [...found.ticketClasses];
  for (const ticketClass of event.ticketClasses) {
    if (ticketClasses.some(({ name }) => name === ticketClass.name)) continue;
    const made = await organizer.askUntilTaken<{ ticketClass: { id: string; name: string } }>(
      `mutation ($input: CreateTicketClassInput!) {
        answer: createTicketClass(input: $input) { ... on TicketClassPayload { ticketClass { id name } } ${REFUSAL} }
      }`,
      { input: { ...ticketClass, eventId: id } },
    );
    ticketClasses.push(made.ticketClass);
  }
  if (found.status !== 'PUBLISHED') {
    await organizer.ask(`mutation ($id: ID!) { answer: publishEvent(eventId: $id) { ${REFUSAL} } }`, { id });
  }
  return { id, status: 'PUBLISHED', ticketClasses };
}

async function findEvent(organizer: DemoClient, organizationId: string, name: string): Promise<Found | null> {
  const answer = await organizer.ask<{ events: { edges: { node: Found & { name: string } }[] } } | null>(
    `query ($id: ID!) {
      answer: organization(id: $id) {
        events(first: 100) { edges { node { id name status ticketClasses { id name } } } }
      }
    }`,
    { id: organizationId },
  );
  return answer?.events.edges.find(({ node }) => node.name === name)?.node ?? null;
}

async function createEvent(organizer: DemoClient, organizationId: string, { details }: DemoEvent) {
  const { event } = await organizer.askUntilTaken<{ event: { id: string; status: string } }>(
    `mutation ($input: CreateEventInput!) {
      answer: createEvent(input: $input) { ... on EventPayload { event { id status } } ${REFUSAL} }
    }`,
    { input: { ...details, organizationId } },
  );
  return event;
}
