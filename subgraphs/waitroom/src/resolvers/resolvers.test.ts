import { newId } from '@foyer/platform';
import { guest, person, waitUntil } from '@foyer/platform/testing';
import { drawOrder, entriesHash, seedHash } from '../domain/draw.js';
import { createTestWaitroom, type Data, type TestWaitroom } from '../testing/createTestWaitroom.js';

let room: TestWaitroom;

beforeAll(async () => {
  room = await createTestWaitroom({
    processes: 2,
    environment: { WAITROOM_OPENS_BEFORE_SALE_SECONDS: '7200' },
  });
});

afterAll(() => room.stop());

const WAITROOM = `query ($of: [_Any!]!, $first: Int, $after: String) { _entities(representations: $of) { ... on Event { waitroom {
  open opensAt paused length saleState saleStartsAt seedHash
  draw { drawnAt seed entryCount entriesHash entries(first: $first, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }
  operation { maximumInCheckout admissionsPerMinute inCheckout waiting joined admitted completed dropped throughput dropOutRate
    meanCheckoutSeconds estimatedClearing { from to } } } } } }`;
const waitroom = async (
  eventId: string,
  as: Parameters<TestWaitroom['ask']>[0] = guest,
  more: Data = {},
): Promise<Data> => {
  const answer = await room.ask(as, WAITROOM, { of: [{ __typename: 'Event', id: eventId }], ...more });
  return (answer['_entities'] as Data[])[0]?.['waitroom'] as Data;
};
const operate = async (
  as: Parameters<TestWaitroom['ask']>[0],
  field: string,
  eventId: string,
): Promise<Data> => {
  const query = `mutation ($eventId: ID!) { ${field}(eventId: $eventId) { __typename ... on OperateWaitroomPayload { event { waitroom { paused } } } ... on Refusal { code } } }`;
  return (await room.ask(as, query, { eventId }))[field] as Data;
};
const CONFIGURE = `mutation ($input: ConfigureWaitroomInput!) { configureWaitroom(input: $input) { __typename
  ... on Refusal { code message } ... on InvalidInput { fields { path rule } } } }`;
const configure = async (as: Parameters<TestWaitroom['ask']>[0], input: Data): Promise<Data> =>
  (await room.ask(as, CONFIGURE, { input }))['configureWaitroom'] as Data;

test('what is joined twice at once, in two processes, is one place; positions agree and never go back', async () => {
  const eventId = await room.publishEvent();
  const people = Array.from({ length: 6 }, () => person());
  const places = await Promise.all(
    people.flatMap((each) => [room.join(each, eventId, false, 0), room.join(each, eventId, false, 1)]),
  );
  people.forEach((_, index) => expect(places[2 * index]?.['id']).toBe(places[2 * index + 1]?.['id']));
  await room.reaches(people[0] as ReturnType<typeof person>, eventId, 'QUEUED');
  const seen = new Map<string, number>();
  for (const leaver of people.slice(0, 5)) {
    for (const [index, each] of people.entries()) {
      const { id, position } = await room.entry(each, eventId, index % 2);
      if (position === null) continue;
      expect(position).toBeLessThanOrEqual(seen.get(id as string) ?? Infinity);
      seen.set(id as string, position as number);
    }
    const left = await room.ask(
      leaver,
      `mutation ($eventId: ID!) { leaveWaitroom(eventId: $eventId) { __typename } }`,
      { eventId },
      1,
    );
    expect(left).toEqual({ leaveWaitroom: { __typename: 'LeaveWaitroomPayload' } });
  }
  expect(await room.entry(people[5] as ReturnType<typeof person>, eventId, 0)).toMatchObject({ position: 1 });
  expect(await room.entry(people[0] as ReturnType<typeof person>, eventId)).toMatchObject({
    status: 'LEFT',
    position: null,
    options: ['JOIN'],
  });
  await room.log(eventId);
});

test('a turn is told at once by a process that did not give it, and the person who left leaves nothing behind', async () => {
  const eventId = await room.publishEvent();
  const somebody = person();
  await room.join(somebody, eventId);
  const streams = await Promise.all([
    room.subscribe(somebody, eventId, 0),
    room.subscribe(somebody, eventId, 1),
  ]);
  for (const stream of streams) {
    const first = await stream.next();
    expect((first.value as { data: Data }).data['queuePosition']).toMatchObject({
      status: 'QUEUED',
      saleState: 'NOT_ON_SALE',
    });
  }
  await room.offer(eventId);
  for (const stream of streams) {
    let status = 'QUEUED';
    while (status === 'QUEUED')
      status = ((await stream.next()).value as { data: { queuePosition: Data } }).data.queuePosition[
        'status'
      ] as string;
    expect(status).toBe('ADMITTED');
    await stream.return?.();
    expect((await stream.next()).done).toBe(true);
  }
  await waitUntil(async () => (await room.pool.query('select from attachment')).rowCount === 0);
});

test('the draw can be checked by anybody: hash before, seed and list after, each their own place', async () => {
  const eventId = await room.publishEvent({ saleStarts: 3600 });
  const before = await waitroom(eventId);
  expect(before).toMatchObject({
    open: true,
    length: 0,
    draw: null,
    operation: null,
    saleState: 'NOT_ON_SALE',
  });
  const people = Array.from({ length: 7 }, () => person());
  const places = await Promise.all(people.map((each) => room.join(each, eventId)));
  for (const place of places)
    expect(place).toMatchObject({ position: null, peopleAhead: null, status: 'QUEUED' });
  expect((places[0]?.['estimatedWait'] as Data)['from']).toBeGreaterThan(3500);
  await room.pool.query(`update queue set sale_starts_at = foyer_now() where event_id = $1`, [eventId]);
  const after = await waitUntil(async () => {
    const now = await waitroom(eventId, guest, { first: 5 });
    return now['draw'] === null ? null : now;
  });
  const draw = after['draw'] as Data;
  const seed = Buffer.from(draw['seed'] as string, 'hex');
  expect(seedHash(seed).toString('hex')).toBe(before['seedHash']);
  const page = draw['entries'] as Data;
  const rest = ((await waitroom(eventId, guest, { after: page['pageInfo'].endCursor }))['draw'] as Data)[
    'entries'
  ] as Data;
  const ids = [...page['edges'], ...rest['edges']].map(({ node }: { node: { id: string } }) => node.id);
  expect([page['pageInfo'].hasNextPage, rest['pageInfo'].hasNextPage]).toEqual([true, false]);
  expect(new Set(ids)).toEqual(new Set(places.map(({ id }) => id as string)));
  expect(draw).toMatchObject({ entryCount: 7, entriesHash: entriesHash(ids).toString('hex') });
  const order = drawOrder(seed, ids);
  for (const each of people) {
    const { id, position } = await room.entry(each, eventId, 1);
    expect(order.indexOf(id as string) + 1).toBe(position);
  }
  await room.log(eventId);
});

test('a line opens before the sale, earlier when an operator says so', async () => {
  const eventId = await room.publishEvent({ saleStarts: 10_000 });
  const somebody = person();
  expect(await room.join(somebody, eventId)).toMatchObject({
    __typename: 'WaitroomClosed',
    code: 'NOT_OPEN_YET',
    opensAt: expect.any(String),
  });
  expect(await waitroom(eventId)).toMatchObject({ open: false });
  expect(await operate(room.organizer, 'openWaitroom', eventId)).toMatchObject({
    __typename: 'OperateWaitroomPayload',
  });
  expect(await waitroom(eventId)).toMatchObject({ open: true });
  expect(await room.join(somebody, eventId)).toMatchObject({ status: 'QUEUED' });
});

test('operating is for the organization and for staff; strangers do not learn of it', async () => {
  const eventId = await room.publishEvent();
  expect(await operate(person(), 'pauseWaitroom', eventId)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await operate(room.organizer, 'pauseWaitroom', eventId)).toMatchObject({
    event: { waitroom: { paused: true } },
  });
  expect(await operate(person(undefined, 'MANAGER'), 'resumeWaitroom', eventId)).toMatchObject({
    event: { waitroom: { paused: false } },
  });
  expect(await operate(room.organizer, 'pauseWaitroom', newId())).toMatchObject({ code: 'NOT_FOUND' });
  expect(
    await configure(room.organizer, { eventId, maximumInCheckout: 0, admissionsPerMinute: 1_000_001 }),
  ).toMatchObject({
    __typename: 'InvalidInput',
    fields: [
      { path: 'input.maximumInCheckout', rule: 'OUT_OF_RANGE' },
      { path: 'input.admissionsPerMinute', rule: 'OUT_OF_RANGE' },
    ],
  });
  expect(await configure(room.organizer, { eventId, admissionsPerMinute: 30 })).toEqual({
    __typename: 'OperateWaitroomPayload',
  });
  await room.join(person(), eventId);
  expect((await waitroom(eventId, room.organizer))['operation']).toMatchObject({
    maximumInCheckout: 1,
    admissionsPerMinute: 30,
    waiting: 1,
    joined: 1,
    inCheckout: 0,
    dropOutRate: 0,
  });
  expect((await waitroom(eventId, person()))['operation']).toBeNull();
  const over = await room.publishEvent({ saleStarts: -10, saleEnds: -5 });
  expect(await operate(room.organizer, 'pauseWaitroom', over)).toMatchObject({ code: 'NOT_IN_STATE' });
});

test('bad input is refused by name', async () => {
  const somebody = person();
  for (const id of ['nonsense', newId()]) {
    expect(await room.join(somebody, id)).toMatchObject({ __typename: 'NotFound', code: 'NOT_FOUND' });
    await expect(room.entry(somebody, id)).resolves.toBeNull();
    const stream = await room.subscribe(somebody, id);
    expect((await stream.next()).value).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  }
  const without = await room.publishEvent({ waitroom: false });
  expect(await room.join(somebody, without)).toMatchObject({ __typename: 'NoWaitroom', code: 'NO_WAITROOM' });
  const draft = await room.publishEvent({ status: 'DRAFT' });
  expect(await room.join(somebody, draft)).toMatchObject({ code: 'NOT_FOUND' });
  const eventId = await room.publishEvent();
  await expect(room.join(guest, eventId)).rejects.toThrow('UNAUTHENTICATED');
  await expect(room.ask(somebody, '{ waitroomEntry { id } }')).rejects.toThrow('INVALID_INPUT');
  const other = person();
  const { id } = await room.join(other, eventId);
  expect(
    (await room.ask(somebody, `query ($id: ID!) { waitroomEntry(id: $id) { id } }`, { id }))['waitroomEntry'],
  ).toBeNull();
});

test('joining is limited for each person', async () => {
  const eventId = await room.publishEvent();
  const eager = person();
  const answers = [];
  for (let attempt = 0; attempt < 11; attempt += 1) answers.push(await room.join(eager, eventId));
  expect(answers[9]).toMatchObject({ status: 'QUEUED' });
  expect(answers[10]).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
});
