import { buildSchema, graphql, subscribe, parse, type GraphQLSchema } from 'graphql';
import { checkArguments } from './checkArguments.js';

const SDL = `
  input Point { x: Float name: String }
  type InvalidInput { code: String fields: [Field!] }
  type Field { path: String rule: String }
  type Done { done: Boolean }
  union Result = Done | InvalidInput
  type Query { find(text: String, ids: [ID!], at: Point): Boolean parent: Parent }
  type Parent { child(text: String): Boolean }
  type Mutation { make(text: String): Result touch(text: String): Boolean }
  type Subscription { watch(text: String): Boolean }
`;

let schema: GraphQLSchema;
let reached: string[];

beforeEach(() => {
  reached = [];
  schema = buildSchema(SDL);
  const resolver = (name: string, value: unknown) => () => {
    reached.push(name);
    return value;
  };
  const query = schema.getQueryType()?.getFields();
  const mutation = schema.getMutationType()?.getFields();
  const subscription = schema.getSubscriptionType()?.getFields();
  Object.assign(query?.['find'] ?? {}, { resolve: resolver('find', true) });
  Object.assign(query?.['parent'] ?? {}, { resolve: () => ({ child: resolver('child', true) }) });
  Object.assign(mutation?.['make'] ?? {}, { resolve: resolver('make', { __typename: 'Done', done: true }) });
  Object.assign(mutation?.['touch'] ?? {}, { resolve: resolver('touch', true) });
  Object.assign(subscription?.['watch'] ?? {}, {
    subscribe: () => {
      reached.push('watch');
      return (async function* () {
        yield* [{ watch: true }];
      })();
    },
  });
  checkArguments(schema);
});

const ask = (source: string, variableValues: Record<string, unknown> = {}) =>
  graphql({ schema, source, variableValues });

test('what is text and number goes on, literals and variables alike', async () => {
  expect(
    (await ask('{ find(text: "Đào", ids: ["1"], at: { x: 1.5 }) parent { child(text: "") } }')).errors,
  ).toBeUndefined();
  expect(reached).toEqual(['find', 'child']);
});

test.each([
  ['{ find(text: "a\\u0000") }', {}, 'text', 'NOT_TEXT'],
  ['query ($ids: [ID!]) { find(ids: $ids) }', { ids: ['1', '\ud800'] }, 'ids.1', 'NOT_TEXT'],
  ['{ find(at: { x: 9e999 }) }', {}, 'at.x', 'OUT_OF_RANGE'],
  ['query ($at: Point) { find(at: $at) }', { at: { name: '\0' } }, 'at.name', 'NOT_TEXT'],
  ['{ parent { child(text: "\\u0000") } }', {}, 'text', 'NOT_TEXT'],
  ['mutation { touch(text: "\\u0000") }', {}, 'text', 'NOT_TEXT'],
])('%s is refused before its resolver', async (source, variables, path, rule) => {
  const { errors } = await ask(source, variables);
  expect(errors?.map(({ extensions }) => extensions)).toMatchObject([
    { code: 'INVALID_INPUT', fields: [{ path, rule }] },
  ]);
  expect(reached).toEqual([]);
});

test('a mutation that can refuse its input does', async () => {
  const { data, errors } = await ask(
    'mutation { make(text: "\\u0000") { ... on InvalidInput { code fields { path rule } } } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ make: { code: 'INVALID_INPUT', fields: [{ path: 'text', rule: 'NOT_TEXT' }] } });
});

test('of many wrong values fifty are told', async () => {
  const { errors } = await ask('query ($ids: [ID!]) { find(ids: $ids) }', {
    ids: Array.from({ length: 500 }, () => '\0'),
  });
  expect(errors?.[0]?.extensions['fields']).toHaveLength(50);
});

test('a subscription is refused before it begins', async () => {
  const result = await subscribe({ schema, document: parse('subscription { watch(text: "\\u0000") }') });
  expect(result).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
  expect(reached).toEqual([]);
});
