import { randomUUID } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import { createTestClient, type TestClient } from './client.js';
import { OPERATIONS } from './operations.js';
import { quiet } from './quiet.js';

/** Where a story plays: a running system, and who is in it. */
export interface Stage {
  readonly endpoint: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Staff: approves events, sees everything. */
  readonly operator: Person;
  /** Everybody who logged in; their sockets are closed at the end. */
  readonly people: Person[];
}

/** Somebody with an account and an open browser. */
export interface Person extends TestClient {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly token: string;
}

/** An event that is on sale. */
export interface OnSale {
  readonly organizationId: string;
  readonly eventId: string;
  readonly offerId: string;
}

/** How an event is made; what is left out is ordinary. */
export interface EventOptions {
  readonly total?: number;
  readonly price?: number;
  readonly currency?: string;
  readonly limitPerPerson?: number;
  readonly waitroom?: { readonly maximumInCheckout: number; readonly admissionsPerMinute: number };
  readonly cancellable?: boolean;
  /** Seconds from now; before now by default. */
  readonly saleStartsIn?: number;
}

/** Everybody's. */
export const PASSWORD = 'Quiet-Harbour-71';
const DAY_MS = 86_400_000;

/** Registers somebody and logs in. */
export async function newPerson(stage: Omit<Stage, 'operator'>, name = 'Somebody'): Promise<Person> {
  const email = `${name.toLowerCase()}-${randomUUID()}@example.org`;
  const guest = createTestClient(stage.endpoint, null);
  await guest.ask(OPERATIONS.register, { email, password: PASSWORD, name });
  return logIn(stage, email, name);
}

/** Registers many, some at a time. */
export async function newPeople(stage: Omit<Stage, 'operator'>, count: number): Promise<readonly Person[]> {
  const people: Person[] = [];
  while (people.length < count) {
    const some = Math.min(count - people.length, 25);
    people.push(...(await Promise.all(Array.from({ length: some }, () => newPerson(stage)))));
  }
  return people;
}

/** Logs somebody in. */
export async function logIn(
  stage: Omit<Stage, 'operator'>,
  email: string,
  name: string,
  password = PASSWORD,
): Promise<Person> {
  const guest = createTestClient(stage.endpoint, null);
  const { user, tokens } = await guest.ask<{ user: { id: string }; tokens: { accessToken: string } }>(
    OPERATIONS.login,
    {
      email,
      password,
    },
  );
  const person = {
    ...createTestClient(stage.endpoint, tokens.accessToken),
    id: user.id,
    name,
    email,
    token: tokens.accessToken,
  };
  stage.people.push(person);
  return person;
}

/** Asks until the answer is of the wanted type: what another subgraph has to hear of first takes a moment. */
export async function askUntil<Answer extends { __typename: string }>(
  client: TestClient,
  query: string,
  variables: object,
  wanted: string,
): Promise<Answer> {
  let last: Answer | null = null;
  try {
    return await waitUntil(async () => {
      last = await client.ask<Answer>(query, variables);
      return last.__typename === wanted ? last : null;
    }, wanted);
  } catch (error) {
    throw new Error(`${(error as Error).message}; last: ${JSON.stringify(last)}`, { cause: error });
  }
}

/** An organization's event, made, configured, approved by staff and published, with one ticket class. */
export async function newEventOnSale(
  stage: Stage,
  organizer: Person,
  options: EventOptions = {},
): Promise<OnSale> {
  const {
    total = 10,
    price = 1000,
    currency = 'USD',
    limitPerPerson = 10,
    waitroom,
    cancellable = false,
  } = options;
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
  const { organization } = await organizer.ask<{ organization: { id: string } }>(
    OPERATIONS.createOrganization,
    { name: 'Lantern Theatre' },
  );
  const created = await askUntil<{ __typename: string; event: { id: string } }>(
    organizer,
    OPERATIONS.createEvent,
    {
      input: {
        organizationId: organization.id,
        name: 'Night of the Lanterns',
        description: '',
        venue: { name: 'Old Harbour', address: 'Quay 1', city: 'Da Nang', timeZone: 'Asia/Ho_Chi_Minh' },
        startsAt: inDays(30),
        endsAt: inDays(31),
      },
    },
    'EventPayload',
  );
  const eventId = created.event.id;
  const saleStartsAt = new Date(Date.now() + (options.saleStartsIn ?? -3600) * 1000).toISOString();
  await askUntil(
    organizer,
    OPERATIONS.configureEvent,
    {
      input: {
        eventId,
        saleStartsAt,
        saleEndsAt: inDays(29),
        free: price === 0,
        maximumAttendees: 100_000,
        waitroom,
        cancellableUntil: cancellable ? inDays(20) : null,
      },
    },
    'EventPayload',
  );
  const { ticketClass } = await askUntil<{ __typename: string; ticketClass: { id: string } }>(
    organizer,
    OPERATIONS.createTicketClass,
    { input: { eventId, name: 'Boat', price: { amount: price, currency }, total, limitPerPerson } },
    'TicketClassPayload',
  );
  await stage.operator.ask(OPERATIONS.approveEvent, { id: eventId });
  await askUntil(organizer, OPERATIONS.publishEvent, { id: eventId }, 'EventPayload');
  // Everybody has heard of it: what follows tests the sale, not the time that events take.
  await quiet(stage.variables);
  return { organizationId: organization.id, eventId, offerId: ticketClass.id };
}
