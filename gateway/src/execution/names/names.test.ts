import type { ExecutionResult } from 'graphql';
import { createLibrary } from '../../testing/library.js';
import { createWorld, type World } from '../../testing/createWorld.js';
import { waitUntil } from '../../testing/waitUntil.js';

describe('names that a client chose', () => {
  const library = createLibrary();
  let world: World;

  beforeAll(async () => {
    world = await createWorld(library.subgraphs);
  });
  afterAll(() => world.stop());

  test.each([
    ['the name of a key', '{ book(id: "b1") { author { id: name } } }', { book: { author: { id: 'Ada' } } }],
    [
      'the name of a key, and the key under the name of what it was',
      '{ book(id: "b1") { author { id: name name: id } } }',
      { book: { author: { id: 'Ada', name: 'a1' } } },
    ],
    [
      '__typename',
      '{ book(id: "b1") { __typename: title author { __typename: name } } }',
      { book: { __typename: 'Waves', author: { __typename: 'Ada' } } },
    ],
    [
      'another name for __typename',
      '{ book(id: "b1") { id: __typename author { name: __typename id: name } } }',
      { book: { id: 'Novel', author: { name: 'Author', id: 'Ada' } } },
    ],
    [
      'in a fragment, in a list',
      '{ books { ...B } } fragment B on Book { author { ... on Author { id: name } } }',
      { books: [{ author: { id: 'Ada' } }, { author: { id: 'Ben' } }] },
    ],
    [
      'one name for two things of two types',
      '{ books { ... on Novel { id: title } ... on Atlas { id: title id: title } } }',
      { books: [{ id: 'Waves' }, { id: 'Atlas' }] },
    ],
    [
      'names that this gateway gives itself',
      '{ _1: book(id: "b1") { _0: id id: title __forbidden_0_title: title title__alias_0: id } }',
      { _1: { _0: 'b1', id: 'Waves', __forbidden_0_title: 'Waves', title__alias_0: 'b1' } },
    ],
    [
      'the name of what the planner asks for',
      '{ _entities: book(id: "b1") { author { _service: name } } }',
      { _entities: { author: { _service: 'Ada' } } },
    ],
    [
      'a name of every object',
      '{ constructor: whoAmI toString: whoAmI }',
      { constructor: 'guest', toString: 'guest' },
    ],
    [
      'names within introspection',
      '{ id: __type(name: "Loan") { __typename: name id: fields { id: name } } }',
      { id: { __typename: 'Loan', id: ['number', 'book', 'readBy', 'due', 'must'].map((id) => ({ id })) } },
    ],
  ])('%s', async (_, query, data) => {
    const answer = await world.send(query);
    expect(answer.errors).toBeUndefined();
    expect(sorted(answer.data)).toEqual(sorted(data));
  });

  test('__proto__ is a name like any other', async () => {
    const answer = await world.send('{ book(id: "b1") { __proto__: id author { __proto__: name } } }');
    expect(JSON.stringify(answer.data)).toBe('{"book":{"__proto__":"b1","author":{"__proto__":"Ada"}}}');
  });

  test('keys come in the order of the operation', async () => {
    const answer = await world.send('{ book(id: "b1") { z: id title a: title author { id: name name } } }');
    expect(JSON.stringify(answer.data)).toBe(
      '{"book":{"z":"b1","title":"Waves","a":"Waves","author":{"id":"Ada","name":"Ada"}}}',
    );
  });

  test('a variable may be called as the planner calls its own', async () => {
    const answer = await world.send(
      `query ($representations: ID!, $_representations: Boolean!) {
         book(id: $representations) { id author @include(if: $_representations) { id: name } }
       }`,
      { variables: { representations: 'b2', _representations: true } },
    );
    expect(answer).toMatchObject({ data: { book: { id: 'b2', author: { id: 'Ben' } } } });
    const wrong = await world.send('query ($representations: ID!) { book(id: $representations) { id } }');
    expect(wrong.errors?.[0]?.message).toContain('"$representations"');
  });

  test('errors name the places that the client knows', async () => {
    const failed = await world.send('{ id: failOnPurpose b: fail }');
    expect(failed.data).toEqual({ id: null, b: null });
    expect(failed.errors?.map(({ path }) => path)).toEqual([['id'], ['b']]);

    const forbidden = await world.send(
      '{ b: book(id: "b1") { ... on Novel { id: plot } author { id: salary name } } id: rare { code } }',
    );
    expect(forbidden.data).toEqual({ b: { id: null, author: { id: null, name: 'Ada' } }, id: null });
    expect(forbidden.errors?.map(({ path }) => path)).toEqual([['b', 'id'], ['b', 'author', 'id'], ['id']]);

    const mutation = await world.send('mutation { id: burn(id: "b1") }');
    expect(mutation.errors?.map(({ path }) => path)).toEqual([['id']]);
  });

  test('a subgraph that is away leaves errors at the client’s places', async () => {
    await world.kill('authors');
    const answer = await world.send('{ b: books { author { id: name } } }');
    await world.revive('authors');
    expect(answer.data).toEqual({ b: [{ author: null }, { author: null }] });
    expect(answer.errors?.map(({ path }) => path)).toEqual([0, 1].map((at) => ['b', at, 'author', 'id']));
  });

  test('in subscriptions, every event, errors too', async () => {
    const query = `subscription {
      number: loans(of: "r7") { number: due __typename: number readBy { id: name } }
    }`;
    const results = world.client().iterate({ query }) as AsyncIterableIterator<ExecutionResult>;
    const first = results.next();
    await waitUntil(() => library.loans.followers === 1);
    library.loans.publish({ reader: 'r7', book: 'b1', number: 5 });
    expect((await first).value).toEqual({
      data: { number: { number: 'day 5', __typename: 5, readBy: { id: 'Reader r7' } } },
    });
    await results.return?.();
  });
});

describe('fields that the planner requires with arguments', () => {
  const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])`;
  const priced = ({ currency }: { currency: string }) => `5 ${currency}`;
  let world: World;

  beforeAll(async () => {
    world = await createWorld({
      goods: {
        sdl: `${LINK} type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! price(currency: String = "USD"): String _1: ID }`,
        resolvers: {
          Query: { thing: () => ({ id: 't' }) },
          Thing: {
            __resolveReference: (thing: object) => thing,
            price: (_: unknown, given: { currency: string }) => priced(given),
            _1: () => 'own',
          },
        },
      },
      taxes: {
        sdl: `${LINK} type Thing @key(fields: "id") { id: ID! price(currency: String = "USD"): String @external
          tax: String @requires(fields: "price(currency: \\"VND\\")") }`,
        resolvers: {
          Thing: {
            __resolveReference: (thing: object) => thing,
            tax: ({ price }: { price: string }) => `tax of ${price}`,
          },
        },
      },
    });
  });
  afterAll(() => world.stop());

  test.each([
    ['{ thing { price tax } }', { price: '5 USD', tax: 'tax of 5 VND' }],
    ['{ thing { price(currency: "EUR") tax } }', { price: '5 EUR', tax: 'tax of 5 VND' }],
    ['{ thing { id: price tax _1 } }', { id: '5 USD', tax: 'tax of 5 VND', _1: 'own' }],
  ])('%s', async (query, thing) => {
    expect(await world.send(query)).toMatchObject({ status: 200, data: { thing } });
  });
});

/** The order of a list of fields is the schema's, which no client chose. */
function sorted(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data), (key, value: unknown) =>
    key === 'id' && Array.isArray(value) ? value.map((each) => JSON.stringify(each)).sort() : value,
  );
}
