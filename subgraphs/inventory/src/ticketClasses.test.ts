import { EventCancelled, EventUpdated } from '@foyer/kafka';
import { waitUntil } from '@foyer/platform/testing';
import { publishAndSettle, testEvent } from '@foyer/kafka/testing';
import { newId, type Identity } from '@foyer/platform';
import {
  createTestInventory,
  ORDERS,
  person,
  publishedEvent,
  type Data,
  type TestInventory,
} from './testing/createTestInventory.js';

const RESULT = `__typename
  ... on TicketClassPayload { ticketClass { id name total limitPerPerson paused hidden saleStartsAt price { amount } availability { state available } } }
  ... on InvalidInput { code fields { path rule } } ... on NotFound { id } ... on NotPermitted { message }
  ... on NotInState { state }`;
const CREATE = `mutation ($input: CreateTicketClassInput!) { createTicketClass(input: $input) { ${RESULT} ... on MixedCurrency { currency } } }`;
const UPDATE = `mutation ($input: UpdateTicketClassInput!) { updateTicketClass(input: $input) { ${RESULT} ... on MixedCurrency { currency } ... on TotalTooLow { taken } } }`;
const PAUSE = `mutation ($id: ID!) { answer: pauseTicketClass(id: $id) { __typename ... on TicketClassPayload { ticketClass { paused availability { state } } } ... on NotFound { id } } }`;
const RESUME = PAUSE.replace('pause', 'resume');
const CLASSES = `query ($id: ID!, $code: String) { _entities(representations: [{ __typename: "Event", id: $id }]) {
  ... on Event { ticketClasses(accessCode: $code) { name counters { total } } availability(accessCode: $code) { offers { state } } }
} }`;
const HOLD = `mutation ($input: HoldOffersInput!) { holdOffers(input: $input) { __typename ... on HoldRefused { code message } } }`;
const GUEST: Identity = { kind: 'guest', address: '127.0.0.1' };

describe('ticket classes', () => {
  let inventory: TestInventory;

  beforeAll(async () => {
    inventory = await createTestInventory({
      environment: { INVENTORY_SWEEP_MS: '20', INVENTORY_PUSH_MS: '0' },
    });
  });
  afterAll(async () => inventory.stop());

  const create = async (input: Data): Promise<Data> => {
    const given = { name: `Class ${newId()}`, price: { amount: 100, currency: 'EUR' }, total: 5, ...input };
    return (await inventory.ask(inventory.organizer, CREATE, { input: given }))['createTicketClass'] as Data;
  };
  const update = async (input: Data): Promise<Data> =>
    (await inventory.ask(inventory.organizer, UPDATE, { input }))['updateTicketClass'] as Data;
  const seenBy = async (identity: Identity, id: string, code: string | null = null): Promise<Data> =>
    (await inventory.ask(identity, CLASSES, { id, code }))['_entities'][0] as Data;
  const hold = async (input: Data): Promise<Data> =>
    (await inventory.ask(ORDERS, HOLD, { input: { orderId: newId(), personId: newId(), ...input } }))[
      'holdOffers'
    ] as Data;
  const states = async (offerId: string): Promise<readonly string[]> => {
    const { rows } = await inventory.pool.query<{ state: string }>(
      `select payload -> 'data' ->> 'state' as state from messaging.outbox
       where aggregate_id = $1 and type = 'availability.changed' order by aggregate_version`,
      [offerId],
    );
    return rows.map(({ state }) => state);
  };

  test('every wrong field is named, and nothing is stored', async () => {
    const eventId = await inventory.publishEvent();
    const wrong = await create({
      eventId,
      name: ' ',
      price: { amount: -1, currency: 'XQQ' },
      total: 2_000_000,
      limitPerPerson: 0,
      saleStartsAt: '2030-01-02T00:00:00Z',
      saleEndsAt: '2030-01-01T00:00:00Z',
      accessCode: 'abc',
    });
    expect(
      (wrong['fields'] as readonly Data[]).map(({ path, rule }) => [path as string, rule as string]),
    ).toEqual([
      ['input.name', 'REQUIRED'],
      ['input.price.amount', 'OUT_OF_RANGE'],
      ['input.price.currency', 'UNKNOWN_CURRENCY'],
      ['input.total', 'OUT_OF_RANGE'],
      ['input.limitPerPerson', 'OUT_OF_RANGE'],
      ['input.saleEndsAt', 'BEFORE_START'],
      ['input.accessCode', 'LENGTH'],
    ]);
    expect((await seenBy(inventory.organizer, eventId))['ticketClasses']).toEqual([]);
  });

  test('unknown events and classes, foreign ones and nonsense are not found', async () => {
    const foreign = await inventory.publishEvent({ organizationId: newId() });
    for (const eventId of [newId(), 'nonsense', foreign]) {
      expect(await create({ eventId })).toMatchObject({ __typename: 'NotFound' });
    }
    for (const id of [newId(), 'nonsense']) {
      expect(await update({ id, total: 1 })).toMatchObject({ __typename: 'NotFound', id });
    }
    const own = await inventory.createClass(await inventory.publishEvent());
    expect(await inventory.ask(person(), PAUSE, { id: own })).toMatchObject({
      answer: { __typename: 'NotFound' },
    });
  });

  test('a cancelled event sells nothing more, and everybody is told', async () => {
    const event = publishedEvent(inventory.organizationId);
    await inventory.publishEvent(event);
    const offerId = await inventory.createClass(event.eventId);
    await publishAndSettle(inventory.bus, 'inventory', 'catalog-events', [
      testEvent(EventCancelled, {
        aggregateId: event.eventId,
        aggregateVersion: 2,
        data: { ...event, status: 'CANCELLED' },
      }),
    ]);
    expect(await states(offerId)).toEqual(['AVAILABLE', 'SALE_ENDED']);
    expect(await hold({ lines: [{ offerId, quantity: 1 }] })).toMatchObject({ code: 'SALE_ENDED' });
    expect(await create({ eventId: event.eventId })).toMatchObject({
      __typename: 'NotInState',
      state: 'CANCELLED',
    });
  });

  test('one currency for all classes of an event', async () => {
    const eventId = await inventory.publishEvent();
    const id = await inventory.createClass(eventId);
    const price = { amount: 1, currency: 'USD' };
    expect(await create({ eventId, price })).toEqual({ __typename: 'MixedCurrency', currency: 'EUR' });
    expect(await update({ id, price })).toEqual({ __typename: 'MixedCurrency', currency: 'EUR' });
    const first = await inventory.publishEvent();
    const both = await Promise.all(
      ['USD', 'VND'].map((currency) => create({ eventId: first, price: { amount: 1, currency } })),
    );
    expect(both.map(({ __typename }) => __typename as string).sort()).toEqual([
      'MixedCurrency',
      'TicketClassPayload',
    ]);
  });

  test('a name once per event', async () => {
    const eventId = await inventory.publishEvent();
    const both = await Promise.all([
      create({ eventId, name: 'Balcony' }),
      create({ eventId, name: 'BALCONY ' }),
    ]);
    expect(both.map(({ __typename }) => __typename as string).sort()).toEqual([
      'InvalidInput',
      'TicketClassPayload',
    ]);
  });

  test('a free event has free classes, also when it becomes free later', async () => {
    const event = publishedEvent(inventory.organizationId);
    await inventory.publishEvent(event);
    const offerId = await inventory.createClass(event.eventId);
    const configuration = event.configuration && { ...event.configuration, free: true };
    await publishAndSettle(inventory.bus, 'inventory', 'catalog-events', [
      testEvent(EventUpdated, {
        aggregateId: event.eventId,
        aggregateVersion: 2,
        data: { ...event, configuration },
      }),
    ]);
    const { rows } = await inventory.pool.query(
      `select payload -> 'data' -> 'price' ->> 'amount' as amount from messaging.outbox
       where aggregate_id = $1 and type = 'offer.updated'`,
      [offerId],
    );
    expect(rows).toEqual([{ amount: '0' }]);
    expect(await create({ eventId: event.eventId })).toMatchObject({
      fields: [{ path: 'input.price.amount', rule: 'FREE_EVENT' }],
    });
  });

  test("the total can't go below what is held and sold; what has run out does not count", async () => {
    const id = await inventory.createClass(await inventory.publishEvent(), { total: 10 });
    const orderId = newId();
    await hold({ lines: [{ offerId: id, quantity: 3 }] });
    await hold({ orderId, lines: [{ offerId: id, quantity: 2 }] });
    expect(await update({ id, total: 4 })).toEqual({ __typename: 'TotalTooLow', taken: 5 });
    await inventory.pool.query('update hold set expires_at = foyer_now() where order_id = $1', [orderId]);
    expect(await update({ id, total: 3 })).toMatchObject({
      ticketClass: { total: 3, availability: { state: 'HELD' } },
    });
  });

  test('an update changes what it names, and null takes away what can be absent', async () => {
    const eventId = await inventory.publishEvent();
    const id = await inventory.createClass(eventId, {
      accessCode: 'FANCLUB',
      saleStartsAt: '2020-01-01T00:00:00Z',
    });
    expect(await update({ id, price: { amount: 7, currency: 'EUR' } })).toMatchObject({
      ticketClass: {
        price: { amount: 7 },
        total: 10,
        hidden: true,
        saleStartsAt: '2020-01-01T00:00:00.000Z',
      },
    });
    expect(
      await update({ id, total: null, accessCode: null, saleStartsAt: null, limitPerPerson: 3 }),
    ).toMatchObject({
      ticketClass: { price: { amount: 7 }, total: 10, hidden: false, saleStartsAt: null, limitPerPerson: 3 },
    });
  });

  test('pause stops the sale, resume goes on with it', async () => {
    const id = await inventory.createClass(await inventory.publishEvent());
    expect(await inventory.ask(inventory.organizer, PAUSE, { id })).toMatchObject({
      answer: { ticketClass: { paused: true, availability: { state: 'PAUSED' } } },
    });
    expect(await hold({ lines: [{ offerId: id, quantity: 1 }] })).toMatchObject({ code: 'PAUSED' });
    await inventory.ask(inventory.organizer, RESUME, { id });
    expect(await hold({ lines: [{ offerId: id, quantity: 1 }] })).toEqual({ __typename: 'OffersHeld' });
    expect(await states(id)).toEqual(['AVAILABLE', 'PAUSED', 'AVAILABLE']);
  });

  test('a hidden class is for members, and for whoever has its code', async () => {
    const eventId = await inventory.publishEvent();
    await inventory.createClass(eventId, { name: 'Open' });
    const offerId = await inventory.createClass(eventId, { name: 'Fans', accessCode: 'FANCLUB' });
    const names = async (identity: Identity, code: string | null = null): Promise<string[]> =>
      ((await seenBy(identity, eventId, code))['ticketClasses'] as readonly Data[]).map(
        ({ name }) => name as string,
      );
    expect(await names(GUEST)).toEqual(['Open']);
    expect(await names(person(), 'fanclub')).toEqual(['Open']);
    expect(await names(GUEST, 'FANCLUB')).toEqual(['Open', 'Fans']);
    expect(await names(inventory.organizer)).toEqual(['Open', 'Fans']);
    expect(await hold({ lines: [{ offerId, quantity: 1 }] })).toMatchObject({ code: 'ACCESS_CODE_NEEDED' });
    expect(await hold({ lines: [{ offerId, quantity: 1 }], accessCode: 'FANCLUB' })).toEqual({
      __typename: 'OffersHeld',
    });
  });

  test('access codes can’t be guessed, through nothing that takes one', async () => {
    const eventId = await inventory.publishEvent();
    const offerId = await inventory.createClass(eventId, { name: 'Fans', accessCode: 'FANCLUB' });
    const guesser = person();
    const buyer = { personId: guesser.kind === 'user' ? guesser.userId : '' };
    const lines = [{ offerId, quantity: 1 }];
    const one = 'query ($id: ID!, $code: String) { ticketClass(id: $id, accessCode: $code) { name } }';
    const subscribe = `subscription ($id: ID!, $code: String) {
      availability(eventId: $id, accessCode: $code) { offers { state } } }`;
    const limited = /RATE_LIMITED.*"retryAfter":\d+/;
    for (let guess = 0; guess < 8; guess += 1) {
      // Seen twice in it, as two guesses: ticketClasses and availability.
      const guesses = [
        seenBy(guesser, eventId, `wrong ${String(guess)}`),
        inventory.ask(guesser, one, { id: offerId, code: `no ${String(guess)}` }),
      ];
      await Promise.allSettled(guesses);
    }
    await expect(seenBy(guesser, eventId, 'FANCLUB')).rejects.toThrow(limited);
    await expect(inventory.ask(guesser, one, { id: offerId, code: 'FANCLUB' })).rejects.toThrow(limited);
    const follow = await inventory.follow(guesser, subscribe, { id: eventId, code: 'FANCLUB' });
    expect(JSON.stringify(await follow.next())).toMatch(limited);
    expect(await hold({ ...buyer, lines, accessCode: 'FANCLUB' })).toMatchObject({
      code: 'ACCESS_CODE_NEEDED',
      message: expect.stringContaining('Too many'),
    });
    // Without a code, and for others, all goes on.
    expect((await seenBy(guesser, eventId))['ticketClasses']).toEqual([]);
    const orderId = newId();
    const other = { orderId, personId: newId(), lines, accessCode: 'FANCLUB' };
    expect(await hold(other)).toEqual({ __typename: 'OffersHeld' });
    // What is held is answered again, whatever its buyer has guessed meanwhile.
    for (let guess = 0; guess < 21; guess += 1)
      await hold({ personId: other.personId, lines, accessCode: `wrong ${String(guess)}` });
    expect(await hold({ personId: other.personId, lines, accessCode: 'FANCLUB' })).toMatchObject({
      message: expect.stringContaining('Too many'),
    });
    expect(await hold(other)).toEqual({ __typename: 'OffersHeld' });
  });

  test('counters are for members, and what is not public for nobody else', async () => {
    const eventId = await inventory.publishEvent();
    await inventory.createClass(eventId);
    expect((await seenBy(GUEST, eventId))['ticketClasses']).toEqual([{ name: 'Standing', counters: null }]);
    expect((await seenBy(inventory.organizer, eventId))['ticketClasses']).toEqual([
      { name: 'Standing', counters: { total: 10 } },
    ]);
    const draft = await inventory.publishEvent({ status: 'DRAFT', configuration: null });
    await inventory.createClass(draft);
    expect(await seenBy(person(), draft)).toEqual({ ticketClasses: [], availability: null });
    expect(await seenBy(inventory.organizer, draft)).toMatchObject({
      availability: { offers: [{ state: 'NOT_ON_SALE' }] },
    });
  });

  test('beginning and end of the sale are told when they come', async () => {
    const { configuration } = publishedEvent(inventory.organizationId);
    const saleStartsAt = new Date(Date.now() + 60_000).toISOString();
    const eventId = await inventory.publishEvent({
      configuration: configuration && { ...configuration, saleStartsAt },
    });
    const offerId = await inventory.createClass(eventId);
    for (const [edge, state] of [
      ['sale_starts_at', 'AVAILABLE'],
      ['sale_ends_at', 'SALE_ENDED'],
    ]) {
      await inventory.pool.query(
        `with listed as (update listing set ${edge} = foyer_now() where id = $1)
         update offer set state_changes_at = foyer_now() where id = $2`,
        [eventId, offerId],
      );
      await waitUntil(async () => (await states(offerId)).at(-1) === state);
    }
    expect(await states(offerId)).toEqual(['NOT_ON_SALE', 'AVAILABLE', 'SALE_ENDED']);
  });

  test.each([
    ['no lines', { lines: [] }],
    ['a quantity of none', { lines: [{ offerId: newId(), quantity: 0 }] }],
    ['a negative quantity', { lines: [{ offerId: newId(), quantity: -3 }] }],
    ['a huge quantity', { lines: [{ offerId: newId(), quantity: 2_000_000_000 }] }],
    ['no id', { lines: [{ offerId: "' or 1=1", quantity: 1 }] }],
    ['an order without id', { orderId: 'x', lines: [{ offerId: newId(), quantity: 1 }] }],
    [
      'an offer twice',
      { lines: [1, 2].map((quantity) => ({ offerId: '01900000-0000-7000-8000-000000000000', quantity })) },
    ],
  ])('a hold with %s is refused', async (_, input) => {
    expect(await hold(input)).toMatchObject({ __typename: 'HoldRefused', code: 'INVALID_INPUT' });
  });

  test('drift is for staff to see', async () => {
    const drift = 'query { inventoryDrift { subject } }';
    expect(await inventory.ask(person(newId(), ['saga:read']), drift)).toEqual({ inventoryDrift: [] });
    await expect(inventory.ask(inventory.organizer, drift)).rejects.toThrow('FORBIDDEN');
  });
});
