import {
  EventPublished,
  OfferCreated,
  OrganizationMemberAdded,
  PaymentCompleted,
  UserUpdated,
  type EventSnapshot,
} from '@foyer/kafka';
import { createTestBus, publishAndSettle, testEvent, type TestBus } from '@foyer/kafka/testing';
import {
  ADMISSION_TOKEN,
  createPool,
  createTokenSigner,
  newId,
  systemClock,
  type Identity,
  type Subgraph,
} from '@foyer/platform';
import { createTestPlatform, person, waitUntil, type TestPlatform } from '@foyer/platform/testing';
import { createTestDatabase } from '@foyer/prisma/testing';
import type { ExecutionResult } from 'graphql';
import { createOrders } from '../subgraph.js';
import type { CommitObserver } from '../store/commitPoints.js';
import { Fakes } from './createFakes.js';
import { ORDER, PLACE, publishedEvent, type Answer, type Input, type OrderView } from './views.js';

export { ORDER, PLACE, publishedEvent, type Answer, type Input, type OrderView } from './views.js';

type User = Identity & { readonly kind: 'user' };

/** Orders of one test, on databases of its own, beside a fake inventory and fake payments. */
export interface TestOrders {
  readonly platform: TestPlatform;
  readonly subgraph: Subgraph;
  readonly fakes: Fakes;
  readonly bus: TestBus;
  readonly url: string;
  /** To the orders database. */
  readonly pool: ReturnType<typeof createPool>;
  readonly organizationId: string;
  readonly owner: User;
  readonly door: User;
  /** Asks the first process, or another. @throws when there are errors. */
  ask<Data = Readonly<Record<string, Answer>>>(
    as: Identity,
    query: string,
    variables?: Input,
    process?: number,
  ): Promise<Data>;
  /** Asks for a mutation with one argument `input`. @param selection of its payload. */
  mutate(as: Identity, name: string, input: Input, selection?: string): Promise<Answer>;
  follow(as: Identity, query: string, variables?: Input): Promise<AsyncIterableIterator<ExecutionResult>>;
  /** Somebody with an account that orders knows. */
  buyer(email?: string): Promise<User>;
  /** A published event. @returns its id. */
  event(event?: Partial<EventSnapshot>): Promise<string>;
  /** Something to buy, here and in the fake inventory. @returns its id. */
  offer(eventId: string, total: number, amount: number, currency?: string): Promise<string>;
  /** An admission to an event. @returns its token. */
  admit(userId: string, eventId: string, admissionId?: string, seconds?: number): Promise<string>;
  place(as: Identity, input: Input, process?: number): Promise<Answer>;
  /** Places an order that must be taken. */
  placed(as: Identity, offerId: string, quantity: number, amount: number, more?: Input): Promise<OrderView>;
  order(id: string, as?: Identity): Promise<OrderView>;
  /** Tells of something as another subgraph would; resolves when it is handled. */
  tell(
    topic: Parameters<typeof publishAndSettle>[2],
    ...events: ReturnType<typeof testEvent>[]
  ): Promise<void>;
  /** Somebody pays: the fake has the money and tells so. */
  pay(paymentId: string): Promise<void>;
  /** Resolves when the order stands so. */
  until(orderId: string, status: string): Promise<OrderView>;
  /** Resolves when no saga is under way. */
  quiet(): Promise<void>;
  /** Events that orders has written, of a type. */
  published(type: string): Promise<Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
}

/** Starts so many processes' worth of orders on one database. */
export async function createTestOrders(
  options: {
    readonly processes?: number;
    readonly environment?: Readonly<Record<string, string>>;
    readonly sagaObserver?: CommitObserver;
  } = {},
): Promise<TestOrders> {
  const { processes = 1, environment = {}, sagaObserver } = options;
  const database = await createTestDatabase('orders');
  const bus = await createTestBus();
  const pool = createPool(database.url, { max: 2, applicationName: 'test' });
  const fakes = new Fakes();
  const platform = createTestPlatform({ environment, transportTo: fakes.transportTo });
  const subgraphs: Subgraph[] = [];
  for (let index = 0; index < processes; index += 1) {
    const subgraph = await createOrders({
      context: platform.contextFor('orders'),
      bus: index === 0 ? bus : { ...bus, consume: () => ({ start: done, stop: done }) },
      databaseUrl: database.url,
      ...(sagaObserver ? { sagaObserver } : {}),
    });
    await subgraph.start();
    subgraphs.push(subgraph);
  }
  const [subgraph] = subgraphs as [Subgraph];
  const organizationId = newId();
  const owner = person();
  const door = person();
  const admissions = createTokenSigner(ADMISSION_TOKEN, platform.keyrings.waitroom, systemClock);

  const tell: TestOrders['tell'] = (topic, ...events) => publishAndSettle(bus, 'orders', topic, events);
  const ask = async <Data = Readonly<Record<string, Answer>>>(
    as: Identity,
    query: string,
    variables: Input = {},
    process = 0,
  ): Promise<Data> => {
    const { data, errors } = await platform.run<Data>(subgraphs[process] ?? subgraph, as, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const order: TestOrders['order'] = async (id, as = owner) => {
    const query = `query ($id: ID!) { order(id: $id) { ${ORDER} } }`;
    return (await ask<{ readonly order: OrderView }>(as, query, { id })).order;
  };
  const place: TestOrders['place'] = async (as, input, process) => {
    const variables = { input: { idempotencyKey: newId(), paymentProvider: 'SANDBOX', ...input } };
    return (await ask<{ readonly placeOrder: Answer }>(as, PLACE, variables, process)).placeOrder;
  };

  await tell(
    'user-events',
    ...(
      [
        [owner, 'OWNER'],
        [door, 'DOOR'],
      ] as const
    ).map(([{ userId }, role], index) =>
      testEvent(OrganizationMemberAdded, {
        aggregateId: organizationId,
        aggregateVersion: index + 1,
        data: { organizationId, userId, role, listingIds: null },
      }),
    ),
  );
  return {
    platform,
    subgraph,
    fakes,
    bus,
    url: database.url,
    pool,
    organizationId,
    owner,
    door,
    ask,
    follow: (as, query, variables = {}) => platform.subscribe(subgraph, as, query, variables),
    async buyer(email = `${newId()}@example.com`) {
      const user = person();
      const { userId } = user;
      const data = { userId, email, name: 'Ada', language: 'en', emailVerified: true, active: true };
      await tell('user-events', testEvent(UserUpdated, { aggregateId: userId, data }));
      return user;
    },
    async event(event = {}) {
      const data = publishedEvent(organizationId, event);
      await tell('catalog-events', testEvent(EventPublished, { aggregateId: data.eventId, data }));
      return data.eventId;
    },
    async offer(eventId, total, amount, currency = 'EUR') {
      const offerId = fakes.offer(eventId, total, amount, currency);
      const data = {
        offerId,
        kind: 'TICKET_CLASS',
        listingId: eventId,
        organizationId,
        name: 'Standing',
        price: { amount, currency },
        total,
        limitPerPerson: 100,
        saleStartsAt: null,
        saleEndsAt: null,
        paused: false,
        hidden: false,
      } as const;
      await tell('inventory-events', testEvent(OfferCreated, { aggregateId: offerId, data }));
      return offerId;
    },
    admit: (userId, eventId, admissionId = newId(), seconds = 900) =>
      admissions.sign({ sub: userId, admissionId, eventId }, seconds),
    async mutate(as, name, input, selection = `order { ${ORDER} }`) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
        ... on ${type}Payload { ${selection} } ... on Refusal { code message } } }`;
      return (await ask(as, query, { input }))[name] as Answer;
    },
    place,
    async placed(as, offerId, quantity, amount, more = {}) {
      const expectedTotal = { amount, currency: 'EUR' };
      const answer = await place(as, { lines: [{ offerId, quantity }], expectedTotal, ...more });
      if (!answer.order) throw new Error(JSON.stringify(answer));
      return answer.order;
    },
    order,
    tell,
    async pay(paymentId) {
      const payment = fakes.payments.get(paymentId);
      if (!payment) throw new Error('there is no such payment');
      payment.status = 'COMPLETED';
      const { orderId, amount, provider } = payment;
      const data = { paymentId, orderId, provider, amount, at: new Date().toISOString() };
      await tell('payment-events', testEvent(PaymentCompleted, { aggregateId: paymentId, data }));
    },
    until: (orderId, status) =>
      waitUntil(async () => {
        const present = await order(orderId);
        return present.status === status && present;
      }, `order ${orderId} being ${status}`),
    async quiet() {
      await waitUntil(async () => {
        const { rows } = await pool.query(`select 1 from saga where state = 'RUNNING'`);
        return rows.length === 0;
      }, 'sagas being over');
    },
    async published(type) {
      const { rows } = await pool.query<{ data: Readonly<Record<string, unknown>> }>(
        `select payload -> 'data' as data from messaging.outbox where type = $1 order by position`,
        [type],
      );
      return rows.map((row) => row.data);
    },
    async stop() {
      for (const each of subgraphs) await each.stop();
      await bus.close();
      await pool.end();
      await database.drop();
    },
  };
}

const done = (): Promise<void> => Promise.resolve();
