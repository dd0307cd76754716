import type { RestaurantSnapshot } from '@foyer/kafka';
import { newId } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import { compileRestaurant } from './domain/tables/compileRestaurant.js';
import {
  createTestInventory,
  ORDERS,
  person,
  publishedRestaurant,
  type Data,
  type TestInventory,
} from './testing/createTestInventory.js';
import { testRestaurant, type TestRestaurant } from './testing/createTestRestaurant.js';

const HELD = `lines { offerId listingId name quantity unitPrice { amount currency }
  seating { startsAt endsAt date tables } }`;
const REFUSED = `... on HoldRefused {
  code message offerId state freeTimes { startsAt endsAt localTime areaId areaName }
}`;
const HOLD = `mutation ($input: HoldOffersInput!) { holdOffers(input: $input) {
  __typename ... on OffersHeld { orderId expiresAt ${HELD} } ${REFUSED}
} }`;
const CHANGE = `mutation ($input: ChangeHoldInput!) { changeHold(input: $input) {
  __typename ... on HoldChanged { orderId changeId ${HELD} } ${REFUSED}
} }`;
const TAKE = `mutation ($input: TakeWaitlistOfferInput!) { takeWaitlistOffer(input: $input) {
  __typename ... on OffersHeld { orderId ${HELD} } ${REFUSED}
} }`;
const CONFIRM = 'mutation ($id: ID!) { confirmHold(orderId: $id) { __typename } }';
const RELEASE = 'mutation ($id: ID!) { releaseHold(orderId: $id, reason: "test") { __typename } }';
const SLOTS = `query ($id: ID!, $date: String!, $partySize: Int!, $areaId: ID) {
  _entities(representations: [{ __typename: "Restaurant", id: $id }]) {
    ... on Restaurant { slots(date: $date, partySize: $partySize, areaId: $areaId) {
      startsAt endsAt localTime state areas { areaId name state available }
    } }
  }
}`;
const FOLLOW = `subscription ($id: ID!, $date: String!) { tableAvailability(restaurantId: $id, date: $date) {
  version date restaurant { id } slots(partySize: 2) { state }
} }`;
const ENTRY = 'id state partySize ahead areaIds restaurant { id } offer { areaId startsAt expiresAt }';
const JOIN = `mutation ($input: JoinWaitlistInput!) { joinWaitlist(input: $input) {
  __typename ... on WaitlistEntryPayload { entry { ${ENTRY} } }
  ... on WaitlistRefused { code freeTimes { startsAt } } ... on InvalidInput { fields { path rule } }
} }`;
const LEAVE = `mutation ($id: ID!) { leaveWaitlist(id: $id) {
  __typename ... on WaitlistEntryPayload { entry { ${ENTRY} } }
} }`;
const BLOCK = `mutation ($input: BlockSeatsInput!) { blockSeats(input: $input) {
  __typename ... on SeatBlockPayload { block { id areaId tables seats reason startsAt } }
  ... on Refusal { code message } ... on InvalidInput { fields { path rule } }
} }`;
const GUEST = { kind: 'guest', address: '127.0.0.1' } as const;

describe('restaurants', () => {
  let inventory: TestInventory;

  beforeAll(async () => {
    inventory = await createTestInventory({
      processes: 2,
      environment: {
        INVENTORY_SWEEP_MS: '50',
        INVENTORY_POLL_MS: '50',
        INVENTORY_PUSH_MS: '0',
        INVENTORY_TELL_TABLES_MS: '50',
      },
    });
  });
  afterEach(async () => {
    const { inventoryDrift } = await inventory.ask(
      person(newId(), ['saga:read']),
      '{ inventoryDrift { subject id counter counted expected } }',
    );
    expect(inventoryDrift).toEqual([]);
  });
  afterAll(async () => inventory.stop());

  /** Tells of a restaurant. */
  const open = async (values: Partial<RestaurantSnapshot> = {}) => {
    const snapshot = publishedRestaurant(inventory.organizationId, values);
    await inventory.publishRestaurant(snapshot);
    return { snapshot, place: placeOf(snapshot) };
  };
  const placeOf = (snapshot: RestaurantSnapshot): TestRestaurant =>
    testRestaurant(compileRestaurant(snapshot.restaurantId, 1, snapshot));
  const lineOf = (
    place: TestRestaurant,
    slot: number,
    partySize: number,
    areas?: readonly string[],
  ): Data => {
    const { seating, ...line } = place.line(slot, partySize, areas);
    return { ...line, seating: { startsAt: seating?.startsAt.toISOString(), anyOf: seating?.anyOf } };
  };
  const hold = async (line: Data, input: Data = {}, process = 0): Promise<Data> => {
    const given = { orderId: newId(), personId: newId(), lines: [line], ...input };
    return (await inventory.ask(ORDERS, HOLD, { input: given }, process))['holdOffers'] as Data;
  };
  const slotsOf = async (
    place: TestRestaurant,
    input: Data = {},
    identity: Parameters<TestInventory['ask']>[0] = GUEST,
  ) => {
    const variables = { id: place.id, date: place.day, partySize: 2, ...input };
    return (await inventory.ask(identity, SLOTS, variables))['_entities'][0].slots as readonly Data[] | null;
  };
  /** What was last told to be free on a day. */
  const lastTold = async ({ id, day }: TestRestaurant): Promise<Data | undefined> => {
    const { rows } = await inventory.pool.query<{ payload: Data }>(
      `select payload from messaging.outbox where type = 'tables.free' and aggregate_id = $1
       order by aggregate_version desc limit 1`,
      [`${id}/${day}`],
    );
    return rows[0]?.payload['data'] as Data | undefined;
  };

  test('slots go from free to held to sold out, and back', async () => {
    const { place } = await open();
    const [room = '', bar = ''] = place.areas;
    const before = await slotsOf(place);
    expect(before?.map(({ startsAt }) => startsAt as string)).toEqual(
      place.starts.map((each) => each.toISOString()),
    );
    expect(before?.[4]).toMatchObject({
      state: 'AVAILABLE',
      areas: [
        { areaId: room, name: 'Room', state: 'AVAILABLE', available: 2 },
        { areaId: bar, name: 'Bar', state: 'AVAILABLE', available: 1 },
      ],
    });
    const orders = [newId(), newId()];
    const held = await hold(lineOf(place, 4, 2, [room]), { orderId: orders[0] });
    expect(held).toMatchObject({
      __typename: 'OffersHeld',
      lines: [
        {
          offerId: room,
          listingId: place.id,
          name: 'Room',
          quantity: 2,
          unitPrice: { amount: 500, currency: 'EUR' },
          seating: { startsAt: place.starts[4]?.toISOString(), date: place.day, tables: ['Window'] },
        },
      ],
    });
    expect((await slotsOf(place, { areaId: room }))?.map(({ state }) => state as string).slice(1, 8)).toEqual(
      ['AVAILABLE', 'LOW', 'LOW', 'LOW', 'LOW', 'LOW', 'AVAILABLE'],
    );
    await hold(lineOf(place, 4, 2, [room]), { orderId: orders[1] }, 1);
    expect((await slotsOf(place, { areaId: room }))?.[4]).toMatchObject({ state: 'HELD' });
    for (const id of orders) await inventory.ask(ORDERS, CONFIRM, { id });
    expect((await slotsOf(place, { areaId: room }))?.[4]).toMatchObject({ state: 'SOLD_OUT' });
    await inventory.ask(ORDERS, RELEASE, { id: orders[0] });
    expect((await slotsOf(place, { areaId: room }))?.[4]).toMatchObject({ state: 'LOW' });
    const [today] = new Date().toISOString().split('T') as [string];
    expect((await slotsOf(place, { date: '2020-01-01' }))?.[0]).toMatchObject({ state: 'SALE_ENDED' });
    expect((await slotsOf(place, { date: `${Number(today.slice(0, 4)) + 1}-06-01` }))?.[0]).toMatchObject({
      state: 'NOT_ON_SALE',
    });
  });

  test('a refusal says what would work: the nearest of the day, then others', async () => {
    const { place } = await open();
    const [room = ''] = place.areas;
    await hold(lineOf(place, 4, 4, [room]));
    const refused = await hold(lineOf(place, 4, 4, [room]));
    const times = [1, 7, 0, 8, 9].map((slot) => place.starts[slot]?.toISOString());
    expect(refused).toMatchObject({ code: 'HELD', offerId: room, state: 'HELD' });
    // Slot 1 ends as 4 begins; 7 begins as it ends.
    const free = refused['freeTimes'] as readonly Data[];
    expect(free.map(({ startsAt }) => startsAt as string).sort()).toEqual([...times].sort());
    expect(refused['freeTimes'][0]).toMatchObject({ areaId: room, areaName: 'Room' });
    const startsAt = new Date((place.starts.at(-1)?.getTime() ?? 0) + 3_600_000).toISOString();
    const late = await hold({ ...lineOf(place, 0, 2, [room]), seating: { startsAt } });
    expect(late).toMatchObject({ code: 'OUTSIDE_HOURS' });
    expect(late['freeTimes'][0].startsAt).toBe(place.starts.at(-1)?.toISOString());
    expect(await hold(lineOf(place, 4, 13, [room]))).toMatchObject({ code: 'PARTY_SIZE', freeTimes: [] });
    // Years away: the nearest that can be booked are the first and the last.
    const first = place.starts[0]?.getTime() ?? 0;
    for (const [years, code] of [
      [3, 'NOT_ON_SALE'],
      [-3, 'SALE_ENDED'],
    ] as const) {
      const away = new Date(first + years * 52 * 7 * 86_400_000).toISOString();
      const far = await hold({ ...lineOf(place, 0, 2, [room]), seating: { startsAt: away } });
      expect(['OUTSIDE_HOURS', code]).toContain(far['code']);
      expect(far['freeTimes']).toHaveLength(5);
    }
  });

  test('a change by orders: judged on the difference, once', async () => {
    const { place } = await open();
    const [room = ''] = place.areas;
    const orderId = newId();
    await hold(lineOf(place, 4, 3, [room]), { orderId });
    const input = { orderId, changeId: newId(), lines: [lineOf(place, 4, 4, [room])] };
    for (const process of [0, 1]) {
      const { changeHold } = await inventory.ask(ORDERS, CHANGE, { input }, process);
      expect(changeHold).toMatchObject({
        __typename: 'HoldChanged',
        lines: [{ quantity: 4, seating: { tables: ['Corner'] } }],
      });
    }
    await expect(inventory.ask(inventory.organizer, CHANGE, { input })).rejects.toThrow('FORBIDDEN');
  });

  test('what is free is told, the latest always, and not once per booking', async () => {
    const { place, snapshot } = await open();
    const [room = '', bar = ''] = place.areas;
    await waitUntil(() => lastTold(place));
    const { rows } = await inventory.pool.query<{ days: bigint }>(
      `select count(*) as days from messaging.outbox where type = 'tables.free' and aggregate_id like $1`,
      [`${place.id}/%`],
    );
    expect(Number(rows[0]?.days)).toBeGreaterThanOrEqual(31);
    await Promise.all(Array.from({ length: 40 }, (_, index) => hold(lineOf(place, 4, 2), {}, index % 2)));
    const told = await waitUntil(async () => {
      const data = await lastTold(place);
      const slot = (data?.['slots'] as readonly Data[]).find(
        ({ startsAt }) => startsAt === place.starts[4]?.toISOString(),
      );
      const free = JSON.stringify(slot?.['free']);
      return free === JSON.stringify([{ areaId: bar, partySizes: [1] }]) ? data : null;
    }, 'the day being told');
    const first = (told['slots'] as readonly Data[])[0];
    expect(first?.['free']).toEqual([
      { areaId: room, partySizes: [1, 2, 3, 4] },
      { areaId: bar, partySizes: [1, 2, 3] },
    ]);
    await inventory.publishRestaurant({ ...snapshot, status: 'CLOSED' }, 2);
    await waitUntil(async () => ((await lastTold(place))?.['slots'] as readonly Data[]).length === 0, 'none');
  });

  test('offers are told for areas: the deposit is their price', async () => {
    const { snapshot, place } = await open();
    const told = async (offerId: string | undefined): Promise<readonly Data[]> => {
      const { rows } = await inventory.pool.query<{ type: string; payload: Data }>(
        'select type, payload from messaging.outbox where aggregate_id = $1 order by aggregate_version',
        [offerId],
      );
      return rows.map(({ type, payload }) => ({ type, ...(payload['data'] as Data) }));
    };
    expect(await told(place.areas[1])).toMatchObject([
      {
        type: 'offer.created',
        kind: 'TABLE',
        listingId: place.id,
        name: 'Bar',
        price: { amount: 500, currency: 'EUR' },
        total: 3,
      },
    ]);
    await inventory.publishRestaurant({ ...snapshot, deposit: { amount: 0, currency: 'EUR' } }, 2);
    expect((await told(place.areas[1])).at(-1)).toMatchObject({
      type: 'offer.updated',
      price: { amount: 0 },
    });
  });

  test('an older configuration that comes late changes nothing', async () => {
    const { snapshot, place } = await open();
    const closed = { ...snapshot, schedule: { ...snapshot.schedule, hours: [] } };
    await inventory.publishRestaurant(closed, 3);
    await inventory.publishRestaurant(snapshot, 2);
    expect(await slotsOf(place)).toEqual([]);
  });

  test('seatings stand whatever the configuration becomes', async () => {
    const { snapshot, place } = await open();
    const [room = '', bar = ''] = place.areas;
    const [atTable, atBar] = [newId(), newId()];
    await hold(lineOf(place, 4, 2, [room]), { orderId: atTable });
    await hold(lineOf(place, 4, 3, [bar]), { orderId: atBar });
    for (const id of [atTable, atBar]) await inventory.ask(ORDERS, CONFIRM, { id });
    const [area, counter] = snapshot.areas;
    if (!area || !counter) throw new Error('no areas');
    // The table is gone, the bar has one seat left, and the restaurant opens later.
    await inventory.publishRestaurant(
      {
        ...snapshot,
        areas: [
          { ...area, tables: area.tables.slice(1) },
          { ...counter, seats: 1 },
        ],
      },
      2,
    );
    const { rows } = await inventory.pool.query('select live from seating where listing_id = $1', [place.id]);
    expect(rows).toEqual([{ live: true }, { live: true }]);
    expect(await hold(lineOf(place, 4, 1, [bar]))).toMatchObject({ code: 'SOLD_OUT' });
    expect(await hold(lineOf(place, 4, 2, [room]))).toMatchObject({
      lines: [{ seating: { tables: ['Corner'] } }],
    });
    // When the table comes back, its party still sits there.
    await inventory.publishRestaurant(snapshot, 3);
    expect(await hold(lineOf(place, 4, 2, [room]))).toMatchObject({ code: 'HELD' });
    await inventory.ask(ORDERS, RELEASE, { id: atBar });
    expect(await hold(lineOf(place, 4, 3, [bar]))).toMatchObject({ __typename: 'OffersHeld' });
  });

  test('more tables go to the line first', async () => {
    const { snapshot, place } = await open();
    const [area] = snapshot.areas;
    if (!area) throw new Error('no area');
    await inventory.publishRestaurant({ ...snapshot, areas: [{ ...area, tables: area.tables.slice(1) }] }, 2);
    await hold(lineOf(place, 4, 4, [area.areaId]));
    const waiting = person();
    const from = place.starts[4]?.toISOString();
    const input = { restaurantId: place.id, partySize: 2, from };
    const { joinWaitlist } = await inventory.ask(waiting, JOIN, { input });
    expect(joinWaitlist).toMatchObject({
      entry: { state: 'WAITING', ahead: 0, restaurant: { id: place.id } },
    });
    await inventory.publishRestaurant(snapshot, 3);
    const { waitlistEntries } = await inventory.ask(waiting, `{ waitlistEntries { ${ENTRY} } }`);
    // The bar came back as well; the line prefers what its entry named when it was made.
    expect(waitlistEntries).toMatchObject([
      { state: 'OFFERED', offer: { areaId: area.areaId, startsAt: from } },
    ]);
  });

  test('the line by its whole way: full, joined, freed, offered, taken', async () => {
    const { place } = await open();
    const [room = ''] = place.areas;
    const orders = [newId(), newId()];
    for (const orderId of orders) await hold(lineOf(place, 4, 2, [room]), { orderId });
    const [first, second] = [person(), person()] as const;
    const input = {
      restaurantId: place.id,
      partySize: 2,
      from: place.starts[3]?.toISOString(),
      until: place.starts[5]?.toISOString(),
      areaIds: [room],
    };
    const { joinWaitlist: one } = await inventory.ask(first, JOIN, { input });
    const { joinWaitlist: two } = await inventory.ask(second, JOIN, { input }, 1);
    expect([one.entry.ahead, two.entry.ahead]).toEqual([0, 1]);
    await inventory.ask(ORDERS, RELEASE, { id: orders[0] });
    const { waitlistEntry } = await inventory.ask(
      first,
      `query ($id: ID!) { waitlistEntry(id: $id) { ${ENTRY} } }`,
      { id: one.entry.id },
    );
    expect(waitlistEntry).toMatchObject({ state: 'OFFERED', offer: { areaId: room } });
    const { leaveWaitlist } = await inventory.ask(first, LEAVE, { id: one.entry.id });
    expect(leaveWaitlist).toMatchObject({ entry: { state: 'LEFT', offer: null } });
    expect((await inventory.ask(first, LEAVE, { id: two.entry.id }))['leaveWaitlist']).toEqual({
      __typename: 'NotFound',
    });
    const take = { entryId: two.entry.id, orderId: newId(), personId: userIdOf(second) };
    expect((await inventory.ask(ORDERS, TAKE, { input: take }))['takeWaitlistOffer']).toMatchObject({
      __typename: 'OffersHeld',
      orderId: take.orderId,
      lines: [{ offerId: room, seating: { tables: ['Window'] } }],
    });
    const { joinWaitlist: free } = await inventory.ask(person(), JOIN, {
      input: { ...input, from: place.starts[10]?.toISOString(), until: null },
    });
    expect(free).toMatchObject({
      code: 'TABLE_FREE',
      freeTimes: [{ startsAt: place.starts[10]?.toISOString() }, {}, {}, {}, {}],
    });
  });

  test('staff block tables and seats, and give them back', async () => {
    const { place, snapshot } = await open();
    const [area, counter] = snapshot.areas;
    const tableId = area?.tables[0]?.tableId ?? '';
    const input = {
      id: newId(),
      restaurantId: place.id,
      areaId: area?.areaId,
      tableIds: [tableId],
      startsAt: place.starts[0]?.toISOString(),
      endsAt: place.starts[10]?.toISOString(),
      reason: ' Broken ',
    };
    const block = async (values: Data = {}, identity = inventory.organizer): Promise<Data> =>
      (await inventory.ask(identity, BLOCK, { input: { ...input, ...values } }))['blockSeats'] as Data;
    expect(await block()).toMatchObject({
      block: { id: input.id, tables: ['Window'], seats: 2, reason: 'Broken' },
    });
    expect(await block()).toMatchObject({ block: { id: input.id } });
    expect(await block({ id: newId() })).toMatchObject({ code: 'TABLES_TAKEN' });
    expect(await block({}, person())).toMatchObject({ __typename: 'NotFound' });
    expect(await block({ id: newId(), tableIds: [newId()] })).toMatchObject({ code: 'NOT_FOUND' });
    const bar = { id: newId(), areaId: counter?.areaId, tableIds: [], seats: 2 };
    expect(await block(bar)).toMatchObject({ block: { seats: 2, tables: [] } });
    expect(await block({ ...bar, id: newId() })).toMatchObject({ code: 'TABLES_TAKEN' });
    expect(await block({ id: 'x', endsAt: input.startsAt, reason: '', tableIds: [] })).toMatchObject({
      fields: [
        { path: 'input.id' },
        { path: 'input.reason' },
        { path: 'input.endsAt' },
        { path: 'input.tableIds' },
      ],
    });
    expect((await slotsOf(place, { areaId: area?.areaId }))?.[4]).toMatchObject({ state: 'LOW' });
    const blocks = `query ($id: ID!, $date: String!) {
      _entities(representations: [{ __typename: "Restaurant", id: $id }]) {
        ... on Restaurant { blocks(date: $date) { id tables } }
      }
    }`;
    const variables = { id: place.id, date: place.day };
    const seen = async (identity: Parameters<TestInventory['ask']>[0]) =>
      (await inventory.ask(identity, blocks, variables))['_entities'][0].blocks as unknown;
    expect(await seen(GUEST)).toBeNull();
    expect(await seen(inventory.organizer)).toHaveLength(2);
    const unblock = 'mutation ($id: ID!) { unblockSeats(id: $id) { __typename } }';
    for (const [identity, answer] of [
      [person(), 'NotFound'],
      [inventory.organizer, 'SeatsUnblocked'],
      [inventory.organizer, 'NotFound'],
    ] as const) {
      const { unblockSeats } = await inventory.ask(identity, unblock, { id: input.id });
      expect(unblockSeats).toEqual({ __typename: answer });
    }
    expect((await slotsOf(place, { areaId: area?.areaId }))?.[4]).toMatchObject({ state: 'AVAILABLE' });
    expect(await block()).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a subscriber of one process sees what the other does, versions rising', async () => {
    const { place, snapshot } = await open();
    const [room = ''] = place.areas;
    const seen = await inventory.follow(GUEST, FOLLOW, { id: place.id, date: place.day }, 1);
    const next = async (): Promise<Data> =>
      ((await seen.next()).value as Data)['data'].tableAvailability as Data;
    const first = await next();
    expect(first).toMatchObject({ date: place.day, restaurant: { id: place.id } });
    await hold(lineOf(place, 4, 2, [room]), {}, 0);
    await hold(lineOf(place, 4, 3, [room]), {}, 0);
    await hold(lineOf(place, 4, 3), {}, 0);
    let last = await next();
    let version = first['version'] as number;
    while (last['slots'][4].state !== 'HELD') {
      expect(last['version']).toBeGreaterThan(version);
      version = last['version'] as number;
      last = await next();
    }
    await inventory.publishRestaurant({ ...snapshot, status: 'CLOSED' }, 2);
    while (last['slots'][4].state !== 'SALE_ENDED') last = await next();
    await seen.return?.();
    await expect(
      (await inventory.follow(GUEST, FOLLOW, { id: newId(), date: place.day })).next(),
    ).resolves.toMatchObject({ value: { errors: [{ extensions: { code: 'NOT_FOUND' } }] } });
  });

  test('what nobody can mean is refused', async () => {
    const { place, snapshot } = await open();
    const [room = ''] = place.areas;
    for (const startsAt of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z']) {
      const line = { offerId: room, quantity: 2, seating: { startsAt } };
      expect(await hold(line)).toMatchObject({ code: 'INVALID_INPUT' });
      const input = { restaurantId: place.id, partySize: 0, from: startsAt, areaIds: ['x', 'x'] };
      expect((await inventory.ask(person(), JOIN, { input }))['joinWaitlist']).toMatchObject({
        fields: [
          { path: 'input.partySize' },
          { path: 'input.from' },
          { path: 'input.areaIds.0' },
          { path: 'input.areaIds.1' },
          { path: 'input.areaIds' },
        ],
      });
    }
    for (const date of ['2026-02-30', '26-01-01', 'tomorrow']) {
      await expect(slotsOf(place, { date })).rejects.toThrow('INVALID_INPUT');
    }
    await expect(slotsOf(place, { partySize: 0 })).rejects.toThrow('INVALID_INPUT');
    const restaurantId = newId();
    const input = { restaurantId, partySize: 2, from: place.starts[0]?.toISOString() };
    expect((await inventory.ask(person(), JOIN, { input }))['joinWaitlist']).toEqual({
      __typename: 'NotFound',
    });
    await inventory.publishRestaurant({ ...snapshot, restaurantId, status: 'DRAFT', areas: [] });
    expect(await slotsOf({ ...place, id: restaurantId })).toBeNull();
    expect(await slotsOf({ ...place, id: restaurantId }, {}, inventory.organizer)).not.toBeNull();
    // An area is no ticket class.
    const { ticketClass } = await inventory.ask(
      inventory.organizer,
      'query ($id: ID!) { ticketClass(id: $id) { id } }',
      { id: room },
    );
    expect(ticketClass).toBeNull();
  });
});

function userIdOf(identity: ReturnType<typeof person>): string {
  return identity.kind === 'user' ? identity.userId : '';
}
