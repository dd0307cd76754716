import type { SubgraphTransport } from '@foyer/platform';
import { createLibrary, type MadeUpSubgraph } from '../testing/library.js';
import { createWorld, type World } from '../testing/createWorld.js';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

describe.each(['in-process', 'HTTP'] as const)('errors of subgraphs reached %s', (reach) => {
  const library = createLibrary();
  const odd: MadeUpSubgraph = {
    sdl: `${LINK}
      scalar Even
      type Query { broken: [Int!]! twice(of: Even): Int number: Int leaks: String }
    `,
    resolvers: {
      Even: {
        parseValue: (value: unknown) => even(value),
        parseLiteral: ({ value }: { value: unknown }) => even(Number(value)),
        serialize: (value: unknown) => value,
      },
      Query: {
        broken: () => [1, null],
        twice: (_: unknown, { of }: { of: number }) => 2 * of,
        number: () => 'not a number',
      },
    },
  };
  let world: World;

  beforeAll(async () => {
    world = await createWorld({ ...library.subgraphs, odd }, { reach });
  });
  afterAll(() => world.stop());

  test('a meant one passes with its code and place', async () => {
    const answer = await world.send('{ whoAmI no: failOnPurpose }');
    expect(answer.data).toEqual({ whoAmI: 'guest', no: null });
    expect(answer.errors).toEqual([{ message: 'Not today.', path: ['no'], extensions: { code: 'CLOSED' } }]);
    expect(answer.status).toBe(200);
  });

  test('a fault is masked: no words, no names, no stack', async () => {
    const answer = await world.send('{ whoAmI fail }');
    expect(answer.data).toEqual({ whoAmI: 'guest', fail: null });
    expect(answer.errors).toEqual([
      { message: expect.any(String), path: ['fail'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/hunter2|10\.0\.0\.7|books/);
  });

  test('a value that breaks the schema is a fault', async () => {
    const answer = await world.send('{ whoAmI number }');
    expect(answer.data).toEqual({ whoAmI: 'guest', number: null });
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
    const list = await world.send('{ broken }');
    expect(list.data).toBeNull();
    expect(list.errors?.[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
  });

  test('a value that only the subgraph can judge is the client’s fault', async () => {
    expect((await world.send('{ twice(of: 4) }')).data).toEqual({ twice: 8 });
    const literal = await world.send('{ whoAmI twice(of: 3) }');
    expect(literal.data).toEqual({ whoAmI: 'guest', twice: null });
    expect(literal.errors).toEqual([
      {
        message: expect.stringContaining('3 is odd'),
        path: ['twice'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    const variable = await world.send('query ($of: Even) { twice(of: $of) }', { variables: { of: 5 } });
    expect(variable.errors?.[0]).toMatchObject({
      message: expect.stringContaining('5 is odd'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  describe('while one is down', () => {
    beforeAll(() => world.kill('authors'));
    afterAll(() => world.revive('authors'));

    test('its root fields say so and the others are served', async () => {
      const answer = await world.send('{ me: whoAmI book(id: "b1") { title } }');
      expect(answer.data).toBeNull();
      expect(answer.errors).toEqual([
        { message: expect.any(String), path: ['me'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
      ]);
      const nullable = await world.send('{ author(id: "a1") { name } book(id: "b1") { title } }');
      expect(nullable.data).toEqual({ author: null, book: { title: 'Waves' } });
      expect(nullable.errors?.map(({ path }) => path)).toEqual([['author']]);
    });

    test('so do its fields of others’ entities, each in its place', async () => {
      const answer = await world.send('{ books { title author { id given: name salary } } }', {
        token: await world.token({ scopes: ['salary:read'] }),
      });
      expect(answer.data).toEqual({
        books: [
          { title: 'Waves', author: null },
          { title: 'Atlas', author: null },
        ],
      });
      expect(answer.errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']])).toEqual([
        ['books.0.author.given', 'SUBGRAPH_UNAVAILABLE'],
        ['books.0.author.salary', 'SUBGRAPH_UNAVAILABLE'],
        ['books.1.author.given', 'SUBGRAPH_UNAVAILABLE'],
        ['books.1.author.salary', 'SUBGRAPH_UNAVAILABLE'],
      ]);
      expect(JSON.stringify(answer)).not.toContain('authors');
    });

    test('it is asked again when it is back', async () => {
      await world.revive('authors');
      expect((await world.send('{ whoAmI }')).data).toEqual({ whoAmI: 'guest' });
      await world.kill('authors');
    });
  });
});

function even(value: unknown): number {
  if (typeof value !== 'number' || value % 2 !== 0) throw new TypeError(`${String(value)} is odd`);
  return value;
}

test('a subgraph that does not trust the gateway’s key is the gateway’s trouble, not the client’s', async () => {
  const library = createLibrary();
  const world = await createWorld(library.subgraphs, {
    identitySigner: { sign: () => Promise.resolve('a.b.c') },
  });
  const answer = await world.send('{ shelf book(id: "b1") { title } }', { token: await world.token() });
  expect(answer.data).toEqual({ shelf: null, book: null });
  expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual([
    'INTERNAL_SERVER_ERROR',
    'INTERNAL_SERVER_ERROR',
  ]);
  await world.stop();
});

test('a subgraph that breaks its own schema without a word is a fault, with its place', async () => {
  const library = createLibrary();
  const lying = (data: object): SubgraphTransport => ({
    execute: () => Promise.resolve({ data: { ...data } }),
    subscribe: () => Promise.reject(new Error('not asked for')),
    close: () => Promise.resolve(),
  });
  const world = await createWorld(library.subgraphs, {
    transports: {
      books: lying({ book: { __typename: 'Novel', title: null, pages: 'many' } }),
      authors: lying({ whoAmI: 'x' }),
      readers: lying({}),
    },
  });
  const missing = await world.send('{ book(id: "b1") { pages } whoAmI }');
  expect(missing.data).toEqual({ book: null, whoAmI: 'x' });
  expect(missing.errors).toEqual([
    { message: expect.any(String), path: ['book', 'pages'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
  ]);
  const withForbidden = await world.send('{ book(id: "b1") { title } shelf }');
  expect(withForbidden.data).toEqual({ book: null, shelf: null });
  expect(withForbidden.errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']])).toEqual([
    ['book.title', 'INTERNAL_SERVER_ERROR'],
    ['shelf', 'UNAUTHENTICATED'],
  ]);
  expect(withForbidden.extensions).toBeUndefined();
  await world.stop();
});

test('a fault of the gateway itself is masked', async () => {
  const world = await createWorld(createLibrary().subgraphs, {
    identitySigner: { sign: () => Promise.reject(new Error('no key at /secret/path')) },
    jwks: () => Promise.reject(new Error('no key at /secret/path')),
  });
  const answer = await world.send('{ shelf whoAmI }');
  expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  const keys = await fetch(`${world.url}/.well-known/jwks.json`);
  expect(keys.status).toBe(500);
  expect(JSON.stringify([answer, await keys.json()])).not.toContain('secret');
  await world.stop();
});
