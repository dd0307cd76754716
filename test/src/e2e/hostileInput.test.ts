import { waitUntil } from '@foyer/platform/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isCompositeType, isObjectType, type GraphQLObjectType } from 'graphql';
import {
  hostileCases,
  ordinaryArguments,
  wronglyTypedCases,
  type HostileCase,
  type KnownIds,
} from '../harness/hostileInput.js';
import { newRestaurant } from '../harness/restaurant.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';
import { newEventOnSale } from '../harness/story.js';

const schema = buildSchema(readFileSync(join(__dirname, '../../../schema/api.graphql'), 'utf8'));
/** Root fields of one operation: fewer than the gateway's limit. */
const TOGETHER = 15;
/** What would take away what the others are about comes last. */
const ENDING = /^(cancel|close|remove|handOver)/;

/** Ways to objects whose fields have arguments, from ids of a root field. */
const ROOTS = ['event', 'restaurant', 'organization', 'order', 'me', 'user', 'ticketClass'] as const;

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly path?: readonly unknown[];
    readonly extensions?: { readonly code?: string };
  }[];
}

let system: TestSystem;
let ids: KnownIds;

beforeAll(async () => {
  system = await startTestSystem({
    ORDERS_CODE_ATTEMPTS: '1000000',
    USERS_RESET_PER_10_MINUTES: '1000000',
    WAITROOM_JOINS_PER_PERSON_PER_MINUTE: '1000000',
  });
  const owner = system.operator;
  const event = await newEventOnSale(system, owner);
  const restaurant = await newRestaurant(system, owner);
  ids = {
    event: event.eventId,
    listing: event.eventId,
    offer: event.offerId,
    ticketClass: event.offerId,
    organization: event.organizationId,
    restaurant: restaurant.restaurantId,
    area: Object.values(restaurant.areas)[0] ?? '',
    user: owner.id,
  };
});

afterAll(() => system.stop());

async function send(query: string, variables: object = {}): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(system.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${system.operator.token}` },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

const INTENDED = (code: string | undefined): boolean =>
  code !== undefined && code !== 'INTERNAL_SERVER_ERROR' && code !== 'SUBGRAPH_UNAVAILABLE';

/** What was answered otherwise than by an answer or an intended error. */
function faultsOf(
  cases: readonly HostileCase[],
  { status, answer }: Awaited<ReturnType<typeof send>>,
): string[] {
  if (status >= 500 && !answer.errors) return [`status ${status}: ${cases.map(nameOf).join('; ')}`];
  return (answer.errors ?? [])
    .filter(({ extensions }) => !INTENDED(extensions?.code))
    .map(({ path }) => {
      const index = Number(
        /^a(\d+)$/.exec(String(path?.find((part) => /^a\d+$/.test(String(part)))))?.[1] ?? NaN,
      );
      const guilty = cases[index];
      return guilty ? nameOf(guilty) : cases.map(nameOf).join('; ');
    });
}

const nameOf = ({ field, what }: HostileCase): string => `${field.name}(${what})`;

/** One operation of several cases, each under an alias of its own below the same parent. */
function operationOf(kind: string, cases: readonly HostileCase[], inside: (fields: string) => string) {
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const fields = cases.map(({ field, variables: values }, index) => {
    const given = field.args.filter(({ name }) => Object.hasOwn(values, name));
    for (const { name, type } of given) {
      declared.push(`$a${index}_${name}: ${String(type)}`);
      variables[`a${index}_${name}`] = values[name];
    }
    const args = given.map(({ name }) => `${name}: $a${index}_${name}`).join(', ');
    const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
    return `a${index}: ${field.name}${args && `(${args})`}${selection}`;
  });
  const head = declared.length > 0 ? `(${declared.join(', ')})` : '';
  return { query: `${kind} ${head} ${inside(`{ ${fields.join(' ')} }`)}`, variables };
}

async function sendAll(
  kind: string,
  cases: readonly HostileCase[],
  inside: (fields: string) => string = (fields) => fields,
  together = TOGETHER,
): Promise<string[]> {
  const groups: HostileCase[][] = [];
  for (let at = 0; at < cases.length; at += together) groups.push(cases.slice(at, at + together));
  const faults: string[] = [];
  const next = groups.values();
  await Promise.all(
    Array.from({ length: kind === 'mutation' ? 2 : 4 }, async () => {
      for (const group of next) {
        const { query, variables } = operationOf(kind, group, inside);
        const reply = await send(query, variables);
        // One error took all the others' answers away, and kept mutations after it from running.
        if (reply.answer.data === null && group.length > 1) {
          faults.push(...(await sendAll(kind, group, inside, 1)));
        } else faults.push(...faultsOf(group, reply));
      }
    }),
  );
  return faults;
}

const withArguments = (type: GraphQLObjectType | null | undefined) =>
  Object.values(type?.getFields() ?? {}).filter(({ args }) => args.length > 0);

/** Nested objects by root field: `[operation around the fields, type]`. */
function nestedPlaces(): readonly (readonly [(fields: string) => string, GraphQLObjectType])[] {
  return ROOTS.flatMap((name) => {
    const field = schema.getQueryType()?.getFields()[name];
    const type = field && getNamedType(field.type);
    if (!field || !isObjectType(type)) return [];
    const { id } = ordinaryArguments(field, ids);
    const head = typeof id === 'string' ? `${name}(id: "${id}")` : name;
    return [[(fields: string) => `{ ${head} ${fields} }`, type] as const];
  });
}

describe('whatever is sent, no operation fails of itself', () => {
  it('queries', async () => {
    const cases = withArguments(schema.getQueryType()).flatMap((field) => hostileCases(field, ids));
    expect(cases.length).toBeGreaterThan(500);
    expect(await sendAll('query', cases)).toEqual([]);
  });

  it('fields with arguments of what was found', async () => {
    const faults: string[] = [];
    for (const [inside, type] of nestedPlaces()) {
      const cases = withArguments(type).flatMap((field) => hostileCases(field, ids));
      faults.push(...(await sendAll('query', cases, inside)));
    }
    expect(faults).toEqual([]);
  });

  it('subscriptions', async () => {
    const cases = withArguments(schema.getSubscriptionType()).flatMap((field) => hostileCases(field, ids));
    const faults: string[] = [];
    for (const each of cases) {
      const { query, variables } = operationOf('subscription', [each], (fields) =>
        fields.replace('a0:', 'answer:'),
      );
      const watch = system.operator.watch(query, variables);
      await new Promise((resolve) => setImmediate(resolve));
      faults.push(...(await endOf(watch, each)));
    }
    expect(faults).toEqual([]);
  });

  it('lists, with cursors that somebody made up', async () => {
    const faults: string[] = [];
    const lists: (readonly [HostileCase['field'], (fields: string) => string])[] = [
      ...withArguments(schema.getQueryType()).map((field) => [field, (fields: string) => fields] as const),
      ...nestedPlaces().flatMap(([inside, type]) =>
        withArguments(type).map((field) => [field, inside] as const),
      ),
    ];
    for (const [field, inside] of lists.filter(([{ args }]) => args.some(({ name }) => name === 'after'))) {
      const base = ordinaryArguments(field, ids);
      const order = await orderOf(field, base, inside);
      const cases = forged(order).map((after) => ({
        field,
        variables: { ...base, after },
        what: `after = ${Buffer.from(after, 'base64url').toString()}`,
      }));
      faults.push(...(await sendAll('query', cases, inside)));
    }
    expect(faults).toEqual([]);
  });

  it('values of other types', async () => {
    const faults: string[] = [];
    for (const [kind, type] of [
      ['query', schema.getQueryType()],
      ['mutation', schema.getMutationType()],
    ] as const) {
      const cases = withArguments(type).flatMap((field) => wronglyTypedCases(field, ids));
      faults.push(...(await sendAll(kind, cases, undefined, 1)));
    }
    expect(faults).toEqual([]);
  });

  it('numbers in the document that are none', async () => {
    for (const query of [
      '{ restaurants(filter: { near: { point: { latitude: 9e999, longitude: 1 }, within: 1 } }) { __typename } }',
      '{ events(first: 99999999999999999999) { __typename } }',
      'query ($x: Float! = 9e999) { restaurants(filter: { near: { point: { latitude: $x, longitude: 1 }, within: 1 } }) { __typename } }',
    ]) {
      const { status, answer } = await send(query);
      expect([status, answer.errors?.map(({ extensions }) => extensions?.code)]).toEqual([
        400,
        ['GRAPHQL_VALIDATION_FAILED'],
      ]);
    }
  });

  it('mutations', async () => {
    const fields = withArguments(schema.getMutationType());
    for (const last of [false, true]) {
      const cases = fields
        .filter(({ name }) => ENDING.test(name) === last)
        .flatMap((field) => hostileCases(field, ids));
      expect(await sendAll('mutation', cases)).toEqual([]);
    }
  });
});

/** The name of a list's order, from a cursor of it; a made-up one where the list is empty. */
async function orderOf(
  field: HostileCase['field'],
  variables: Record<string, unknown>,
  inside: (fields: string) => string,
): Promise<string> {
  const { query, variables: given } = operationOf('query', [{ field, variables, what: '' }], (fields) =>
    inside(fields.replace('{ __typename }', '{ pageInfo { endCursor } }')),
  );
  const { answer } = await send(query, given);
  const cursor = /"endCursor":"([^"]+)"/.exec(JSON.stringify(answer.data))?.[1];
  return cursor ? (JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string])[0] : 'x';
}

function forged(order: string): string[] {
  const id = '0196f000-0000-7000-8000-000000000000';
  const keys = [
    ...[
      '"x"',
      '""',
      '"\\u0000"',
      '"\\ud800"',
      '"0000-01-01T00:00:00.000Z"',
      '"9999-12-31T23:59:59.999Z"',
      '"NaN"',
    ],
    ...['-1', '1.5', '3000000000', '1e300', '9007199254740993', '1e999', 'null', '{}', '[]', `"${id}"`],
  ];
  return [
    ...keys.map((key) => `[${JSON.stringify(order)},${key},"${id}"]`),
    ...['"…"', '""', '"\\u0000"', '7', 'null'].map(
      (bad) => `[${JSON.stringify(order)},"2026-05-01T18:00:00.000Z",${bad}]`,
    ),
    ...['', '[]', '{', 'null', `["event-start","x","…"]`, '['.repeat(5000)],
  ].map((text) => Buffer.from(text).toString('base64url'));
}

/** What a subscription failed with; it is left as soon as it has begun or ended. */
async function endOf(
  watch: ReturnType<TestSystem['operator']['watch']>,
  each: HostileCase,
): Promise<string[]> {
  await waitUntil(() => watch.ended || watch.values.length > 0 || watch.errors.length > 0, nameOf(each));
  watch.stop();
  const text = JSON.stringify(watch.errors);
  return /INTERNAL_SERVER_ERROR|SUBGRAPH_UNAVAILABLE/.test(text) ? [`${nameOf(each)} ${text}`] : [];
}
