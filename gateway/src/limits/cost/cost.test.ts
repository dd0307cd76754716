import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { createOperations } from '../../execution/createOperations.js';
import { loadGraph } from '../../graph/loadGraph.js';
import { createWorld } from '../../testing/createWorld.js';
import { valueOf } from './cost.js';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", { name: "@cost", as: "@weighs" }, "@listSize"])`;

const SDL = `${LINK}
  type Query {
    shelf: Shelf
    books(first: Int, last: Int = 3): BookConnection
      @listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)
    all: [Book!]! @listSize(assumedSize: 50)
    unknown: [Book]
    dear(deep: Boolean @weighs(weight: 7)): Int @weighs(weight: 30)
    found: [Thing!]! @listSize(assumedSize: 2)
    filtered(by: Filter, all: [Filter!]): Int
  }
  type Mutation { sell(input: Filter!): Book }
  type Subscription { sold: Book }
  type Shelf { books: [Book!]! @listSize(assumedSize: 10) label: Int! }
  type BookConnection { edges: [BookEdge!]! nodes: [Book!]! total: Int }
  type BookEdge { cursor: String node: Book }
  type Book @key(fields: "id") { id: ID! pages: [Int!]! shelf: Shelf price: Price map: Map }
  type Price @weighs(weight: 0) { amount: Int }
  type Map { id: ID! shelf: Shelf }
  scalar Picture @weighs(weight: 4)
  type Person { id: ID! picture: Picture }
  union Thing = Book | Map | Person
  input Filter { words: [String!] and: [Filter!] dear: Int @weighs(weight: 5) }
`;

const operations = createOperations(
  loadGraph(
    composeServices([{ name: 'one', url: 'http://one.test', typeDefs: parse(SDL) }]).supergraphSdl ?? '',
  ),
);

describe('an operation costs', () => {
  const costOf = (query: string, variables: Record<string, unknown> = {}): number =>
    valueOf(operations.find(parse(query), undefined).cost, variables);

  test.each([
    ['an object 1, its scalars nothing', '{ shelf { label } }', 1],
    ['a list of a size that is assumed', '{ all { id pages } }', 50],
    ['a list of which nothing is said', '{ unknown { id } }', 10],
    ['what stands in a list as often', '{ all { shelf { books { id } } } }', 50 * (1 + 1 + 10)],
    [
      'by its slicing argument, for the lists of a connection',
      '{ books(first: 5) { total edges { node { id } } nodes { id } } }',
      1 + 5 * 2 + 5,
    ],
    ['by the larger of two slicing arguments', '{ books(first: 2, last: 9) { nodes { id } } }', 1 + 9],
    ['by an argument’s default where none is given', '{ books { nodes { id } } }', 1 + 3],
    ['nothing where nothing is asked for', '{ books(first: 0, last: 0) { nodes { id } } }', 1],
    [
      'what a weight says, for a field, an argument, a type',
      '{ dear(deep: true) all { price { amount } } }',
      37 + 50,
    ],
    [
      'the dearest of the types that it may have',
      '{ found { ... on Book { shelf { label } } ... on Map { shelf { books { id } } } ... on Person { picture } } }',
      2 * (1 + 11),
    ],
    ['what fragments ask for, wherever', '{ ...Q ...Q } fragment Q on Query { shelf { label } }', 2],
    ['input objects', '{ filtered(by: { words: ["a", "b"], and: [{ dear: 1 }, {}] }) }', 1 + 1 + 5 + 1],
    ['input objects in lists', '{ filtered(all: [{}, {}, {}]) }', 3],
    ['10 more for a mutation', 'mutation { sell(input: {}) { id } }', 12],
    ['as much for an event of a subscription', 'subscription { sold { shelf { label } } }', 2],
    ['nothing for introspection', '{ __schema { types { fields { args { name } } } } __typename }', 0],
  ])('%s', (_, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  test.each([
    [{ n: 40 }, 41],
    [{ n: null }, 21],
    [{}, 21],
    [{ n: -5 }, 1 + 3],
  ])('by the values of variables: %j', (variables, cost) => {
    expect(costOf('query ($n: Int) { books(first: $n) { nodes { id } } }', variables)).toBe(cost);
  });

  test('input objects of variables', () => {
    const query = 'query ($by: Filter) { filtered(by: $by) }';
    expect([{}, { by: null }, { by: { dear: 0, and: [{}] } }].map((each) => costOf(query, each))).toEqual([
      0, 0, 7,
    ]);
  });
});

describe('a gateway', () => {
  const asked: string[] = [];
  const transports = {
    one: {
      execute({ query }: { readonly query: string }) {
        asked.push(query);
        return Promise.resolve({ data: { shelf: { label: 1 } } });
      },
      subscribe: () => Promise.reject(new Error('not asked for')),
      close: () => Promise.resolve(),
    },
  };
  const parts = { one: { sdl: SDL, resolvers: {} } };

  test('refuses what costs more than its bound, before anything is asked for', async () => {
    const world = await createWorld(parts, { maxCost: 5, transports });
    const answer = await world.send('query ($n: Int) { books(first: $n) { nodes { id } } }', {
      variables: { n: 5 },
    });
    expect(answer).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'COST_ESTIMATED_TOO_EXPENSIVE', cost: 6, limit: 5 } }],
    });
    expect(answer.data).toBeUndefined();
    expect(asked).toEqual([]);
    const subscription = world
      .client()
      .iterate({ query: 'subscription { sold { shelf { books { id } } } }' });
    await expect(subscription.next()).rejects.toMatchObject([
      { extensions: { code: 'COST_ESTIMATED_TOO_EXPENSIVE', cost: 12 } },
    ]);
    expect(await world.send('{ shelf { label } }')).toMatchObject({ data: { shelf: { label: 1 } } });
    await world.stop();
  });

  test('measures only where no bound is set', async () => {
    const world = await createWorld(parts, { transports });
    const answer = await world.send('{ shelf { label books { id } } all { shelf { books { id } } } }');
    expect(answer.errors?.map(({ extensions }) => extensions['code'])).not.toContain(
      'COST_ESTIMATED_TOO_EXPENSIVE',
    );
    await world.stop();
  });
});
