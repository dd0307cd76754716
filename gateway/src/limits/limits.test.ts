import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { parse } from 'graphql';
import { createLibrary } from '../testing/library.js';
import { createWorld, type World } from '../testing/createWorld.js';
import { measure } from './measure.js';

const LIMITS = { tokens: 60, depth: 4, aliases: 3, rootFields: 3, fields: 12 };

const PAST: readonly (readonly [string, string, number])[] = [
  [
    'TOO_MANY_TOKENS',
    '{ whoAmI(unknown: [1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 9 1 2 3 4 5 6 7 8 9 1 2]) }',
    60,
  ],
  [
    'QUERY_TOO_DEEP',
    '{ book(id: 1) { author { ... on Author { a: id ...Deep } } } } fragment Deep on Author { b: id }',
    2,
  ],
  ['TOO_MANY_ALIASES', '{ a: whoAmI b: whoAmI ...More } fragment More on Query { c: whoAmI d: whoAmI }', 3],
  ['TOO_MANY_ROOT_FIELDS', '{ whoAmI fail ...More } fragment More on Query { shelf failOnPurpose }', 3],
  [
    'TOO_MANY_FIELDS',
    '{ book(id: 1) { ...A ...A ...A } } fragment A on Book { ...B ...B } fragment B on Book { id title }',
    12,
  ],
];

describe('limits', () => {
  const library = createLibrary();
  let world: World;

  beforeAll(async () => {
    world = await createWorld(library.subgraphs, { limits: { ...LIMITS, depth: 2 } });
  });
  afterAll(() => world.stop());

  test.each(PAST)('%s', async (code, query, limit) => {
    const answer = await world.send(query);
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining(`more than ${limit} `),
        extensions: { code, limit },
      }),
    );
  });

  test.each([
    ['TOO_MANY_TOKENS', `subscription { loans { number ${'number '.repeat(60)} } }`],
    ['QUERY_TOO_DEEP', 'subscription { loans { book { author { id } } } }'],
    ['TOO_MANY_ALIASES', 'subscription { loans { a: number b: number c: number d: number } }'],
    [
      'TOO_MANY_FIELDS',
      'subscription { loans { ...A ...A } } fragment A on Loan { ...B ...B ...B } fragment B on Loan { number due }',
    ],
  ])('of a subscription: %s', async (code, query) => {
    const results = world.client().iterate({ query }) as AsyncIterableIterator<ExecutionResult>;
    const errors = await results.next().then(
      () => [],
      (thrown: unknown) => thrown as readonly GraphQLFormattedError[],
    );
    expect(errors.map(({ extensions }) => extensions?.['code'])).toContain(code);
    expect(library.loans.followers).toBe(0);
  });

  test('what is within them is answered, introspection however deep', async () => {
    const deep = '{ __schema { types { fields { type { ofType { ofType { name } } } } } } }';
    expect((await world.send(deep)).errors).toBeUndefined();
    expect((await world.send('{ book(id: "b1") { title id } whoAmI a: whoAmI }')).errors).toBeUndefined();
  });
});

describe('measure', () => {
  const of = (query: string) => measure(parse(query));

  test('counts fields wherever fragments put them', () => {
    expect(of('{ a { ...F ...F } } fragment F on T { x: b c { d } }')).toEqual({
      depth: 3,
      aliases: 2,
      rootFields: 1,
      fields: 7,
    });
  });

  test('takes the largest of several operations', () => {
    expect(of('query A { a b } query B { a { b { c } } }')).toEqual({
      depth: 3,
      aliases: 0,
      rootFields: 2,
      fields: 3,
    });
  });

  test('is linear in a bomb of fragments', () => {
    const bomb = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on T { ...F${n + 1} ...F${n + 1} }`,
    ).join(' ');
    expect(of(`{ ...F0 } ${bomb} fragment F60 on T { x }`).fields).toBe(2 ** 60);
  });

  test('survives fragments in a circle and those that are not there', () => {
    expect(of('{ ...A ...Gone } fragment A on T { x ...B } fragment B on T { ...A }').fields).toBe(1);
  });
});
