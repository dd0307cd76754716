import {
  OrganizationCreated,
  OrganizationMemberAdded,
  OrganizationMemberRemoved,
  type EventBus,
  type OrganizationRole,
} from '@foyer/kafka';
import { createTestBus, publishAndSettle, testEvent } from '@foyer/kafka/testing';
import { newId, type Identity, type Subgraph } from '@foyer/platform';
import { createTestPlatform, guest, person, waitUntil, type TestPlatform } from '@foyer/platform/testing';
import { createTestDatabase } from '@foyer/prisma/testing';
import { createCatalog } from './index.js';

let bus: Awaited<ReturnType<typeof createTestBus>>;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let platform: TestPlatform;
let catalog: Subgraph;
const told: {
  readonly type: string;
  readonly subject: string;
  readonly data: { readonly status: string };
}[] = [];
let follower: ReturnType<EventBus['follow']>;

beforeAll(async () => {
  bus = await createTestBus();
  database = await createTestDatabase('catalog');
  platform = createTestPlatform();
  catalog = await createCatalog({ context: platform.contextFor('catalog'), bus, databaseUrl: database.url });
  await catalog.start();
  follower = bus.follow({
    topics: ['catalog-events'],
    since: 'now',
    onEvent: ({ value }) => {
      told.push(value as (typeof told)[number]);
    },
  });
  await follower.start();
});

afterAll(async () => {
  await follower.stop();
  await catalog.stop();
  await bus.close();
  await database.drop();
});

interface EventData {
  readonly id: string;
  readonly status: string;
  readonly name: string;
}
interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly event?: EventData;
  readonly fields?: readonly { readonly path: string; readonly rule: string }[];
}

const REFUSAL = `... on Refusal { code message } ... on InvalidInput { fields { path rule } }`;
const EVENT = `... on EventPayload { event { id status name } }`;

async function mutate(as: Identity, call: string, input: object): Promise<Answer> {
  const type = `${call[0]?.toUpperCase()}${call.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { answer: ${call}(input: $input) { __typename ${EVENT} ${REFUSAL} } }`;
  return answerOf(as, query, { input });
}

async function step(as: Identity, call: string, eventId: string): Promise<Answer> {
  const extra = call === 'cancelEvent' ? ', reason: "Rain"' : '';
  const refusal = call === 'approveEvent' ? '... on Refusal { code message }' : REFUSAL;
  return answerOf(
    as,
    `mutation ($eventId: ID!) { answer: ${call}(eventId: $eventId${extra}) { __typename ${EVENT} ${refusal} } }`,
    { eventId },
  );
}

async function answerOf(as: Identity, query: string, variables: object): Promise<Answer> {
  const { data, errors } = await platform.run<{ answer: Answer }>(
    catalog,
    as,
    query,
    variables as Record<string, unknown>,
  );
  expect(errors).toBeUndefined();
  return data.answer;
}

async function organization(
  members: readonly (readonly [Identity & { readonly kind: 'user' }, OrganizationRole])[],
  verified = false,
): Promise<string> {
  const organizationId = newId();
  let aggregateVersion = 1;
  await publishAndSettle(bus, 'catalog', 'user-events', [
    testEvent(OrganizationCreated, {
      aggregateId: organizationId,
      aggregateVersion: aggregateVersion++,
      data: { organizationId, name: 'Lantern Theatre', verified },
    }),
    ...members.map(([{ userId }, role]) =>
      testEvent(OrganizationMemberAdded, {
        aggregateId: organizationId,
        aggregateVersion: aggregateVersion++,
        data: { organizationId, userId, role, listingIds: null },
      }),
    ),
  ]);
  return organizationId;
}

const day = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString();
const details = (organizationId: string) => ({
  organizationId,
  name: 'Night of the Lanterns',
  description: 'Light and music',
  venue: { name: 'Old Harbour', address: 'Quay 1', city: 'Đà Nẵng', timeZone: 'Asia/Ho_Chi_Minh' },
  startsAt: inDays(30),
  endsAt: inDays(31),
  categories: ['Music', 'music '],
});
const configuration = (eventId: string) => ({
  eventId,
  saleStartsAt: inDays(-1),
  saleEndsAt: inDays(29),
  maximumAttendees: 100,
});

const staff = person(undefined, 'MANAGER');

async function published(
  organizationId: string,
  as: Identity,
  changes: object = {},
  sale: object = {},
): Promise<string> {
  const id = (await mutate(as, 'createEvent', { ...details(organizationId), ...changes })).event?.id ?? '';
  await mutate(as, 'configureEvent', { ...configuration(id), ...sale });
  await step(staff, 'approveEvent', id);
  expect((await step(as, 'publishEvent', id)).event?.status).toBe('PUBLISHED');
  return id;
}

describe('the catalog', () => {
  const owner = person();
  let organizationId: string;

  beforeAll(async () => {
    organizationId = await organization([[owner, 'OWNER']]);
  });

  it('takes an event from draft to cancelled and tells every step', async () => {
    const id = (await mutate(owner, 'createEvent', details(organizationId))).event?.id ?? '';
    expect((await mutate(owner, 'configureEvent', configuration(id))).event?.status).toBe('CONFIGURED');
    expect(await step(owner, 'publishEvent', id)).toMatchObject({
      __typename: 'NotInState',
      code: 'NOT_IN_STATE',
    });
    expect((await step(staff, 'approveEvent', id)).event?.status).toBe('APPROVED');
    expect(await mutate(owner, 'updateEvent', { eventId: id, name: 'Else' })).toMatchObject({
      __typename: 'NotInState',
    });
    expect((await step(owner, 'publishEvent', id)).event?.status).toBe('PUBLISHED');
    expect((await step(owner, 'cancelEvent', id)).event?.status).toBe('CANCELLED');
    expect(await step(owner, 'cancelEvent', id)).toMatchObject({ __typename: 'NotInState' });
    await waitUntil(() => told.filter(({ subject }) => subject === id).length === 5);
    expect(told.filter(({ subject }) => subject === id).map(({ type, data }) => [type, data.status])).toEqual(
      [
        ['event.created', 'DRAFT'],
        ['event.updated', 'CONFIGURED'],
        ['event.updated', 'APPROVED'],
        ['event.published', 'PUBLISHED'],
        ['event.cancelled', 'CANCELLED'],
      ],
    );
  });

  it('approves at once for a verified organization', async () => {
    const verified = await organization([[owner, 'OWNER']], true);
    const id = (await mutate(owner, 'createEvent', details(verified))).event?.id ?? '';
    expect((await mutate(owner, 'configureEvent', configuration(id))).event?.status).toBe('APPROVED');
  });

  it('publishes once when asked twenty times at once', async () => {
    const id = (await mutate(owner, 'createEvent', details(organizationId))).event?.id ?? '';
    await mutate(owner, 'configureEvent', configuration(id));
    await step(staff, 'approveEvent', id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => step(owner, 'publishEvent', id)));
    expect(answers.filter(({ __typename }) => __typename === 'EventPayload')).toHaveLength(1);
    expect(answers.filter(({ __typename }) => __typename === 'NotInState')).toHaveLength(19);
  });

  it('names every wrong field of a draft, and keeps nothing', async () => {
    const answer = await mutate(owner, 'createEvent', {
      ...details(organizationId),
      name: ' ',
      venue: { name: 'x', address: 'y', city: 'z'.repeat(101), timeZone: 'Mars/Olympus' },
      startsAt: inDays(-1),
      endsAt: inDays(-2),
    });
    expect(answer.fields?.map(({ path, rule }) => `${path} ${rule}`)).toEqual([
      'input.name REQUIRED',
      'input.venue.city TOO_LONG',
      'input.venue.timeZone UNKNOWN_TIME_ZONE',
      'input.startsAt PAST',
      'input.endsAt NOT_AFTER_START',
    ]);
  });

  it.each<[OrganizationRole, string]>([
    ['EDITOR', 'EventPayload'],
    ['VIEWER', 'NotPermitted'],
    ['DOOR', 'NotPermitted'],
  ])('lets %s draft: %s', async (role, expected) => {
    const member = person();
    const id = await organization([[member, role]]);
    expect((await mutate(member, 'createEvent', details(id))).__typename).toBe(expected);
  });

  it('shows drafts to members and staff only, and hides them from other tenants', async () => {
    const id = (await mutate(owner, 'createEvent', details(organizationId))).event?.id ?? '';
    const stranger = person();
    await organization([[stranger, 'OWNER']]);
    const see = async (as: Identity) => {
      const { data } = await platform.run<{ event: EventData | null }>(
        catalog,
        as,
        `query ($id: ID!) { event(id: $id) { id } }`,
        { id },
      );
      return data.event !== null;
    };
    expect([await see(owner), await see(staff), await see(stranger), await see(guest)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(await mutate(stranger, 'updateEvent', { eventId: id, name: 'Mine' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await step(stranger, 'cancelEvent', id)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not cancelled, which refunds all its orders, by who may not refund one', async () => {
    const [editor, admin] = [person(), person()];
    const id = await organization([
      [editor, 'EDITOR'],
      [admin, 'ADMIN'],
    ]);
    const event = (await mutate(editor, 'createEvent', details(id))).event?.id ?? '';
    expect(await step(editor, 'cancelEvent', event)).toMatchObject({ code: 'NOT_PERMITTED' });
    expect((await step(admin, 'cancelEvent', event)).event?.status).toBe('CANCELLED');
  });

  it('refuses a removed member', async () => {
    const member = person();
    const id = await organization([[member, 'EDITOR']]);
    await publishAndSettle(bus, 'catalog', 'user-events', [
      testEvent(OrganizationMemberRemoved, {
        aggregateId: id,
        aggregateVersion: 3,
        data: { organizationId: id, userId: member.userId },
      }),
    ]);
    expect(await mutate(member, 'createEvent', details(id))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps a role that is limited to a listing to it', async () => {
    const id = (await mutate(owner, 'createEvent', details(organizationId))).event?.id ?? '';
    const other = (await mutate(owner, 'createEvent', details(organizationId))).event?.id ?? '';
    const limited = person();
    await publishAndSettle(bus, 'catalog', 'user-events', [
      testEvent(OrganizationMemberAdded, {
        aggregateId: organizationId,
        aggregateVersion: 50,
        data: { organizationId, userId: limited.userId, role: 'EDITOR', listingIds: [id] },
      }),
    ]);
    expect((await mutate(limited, 'updateEvent', { eventId: id, name: 'Mine' })).event?.name).toBe('Mine');
    expect(await mutate(limited, 'updateEvent', { eventId: other, name: 'Mine' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await mutate(limited, 'createEvent', details(organizationId))).toMatchObject({
      code: 'NOT_PERMITTED',
    });
  });

  it('lists and finds published public events, page by page', async () => {
    const word = `zephyr${Date.now()}`;
    const ids: string[] = [];
    for (const days of [40, 41, 42]) {
      const changes = { name: `Đêm ${word}`, startsAt: inDays(days), endsAt: inDays(days + 1) };
      ids.push(await published(organizationId, owner, changes));
    }
    await published(organizationId, owner, { name: word }, { visibility: 'PRIVATE' });
    const query = `query ($search: String, $after: String) { events(filter: { search: $search, city: "da nang" }, first: 2, after: $after) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
    interface Page {
      events: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }
    const first = (await platform.run<Page>(catalog, guest, query, { search: `dem ${word.slice(0, -2)}` }))
      .data.events;
    expect(first.edges.map(({ node }) => node.id)).toEqual(ids.slice(0, 2));
    expect(first.pageInfo.hasNextPage).toBe(true);
    const after = first.pageInfo.endCursor;
    const second = (await platform.run<Page>(catalog, guest, query, { search: word, after })).data.events;
    expect(second.edges.map(({ node }) => node.id)).toEqual(ids.slice(2));
    expect(second.pageInfo.hasNextPage).toBe(false);
    const wrong = await platform.run(catalog, guest, `{ events(first: 101) { edges { cursor } } }`);
    expect(wrong.errors?.[0]?.extensions?.['code']).toBe('INVALID_INPUT');
  });
});
