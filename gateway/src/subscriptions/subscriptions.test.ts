import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Client } from 'graphql-ws';
import { waitUntil } from '@foyer/platform/testing';
import { createLibrary } from '../testing/library.js';
import { createWorld, type TokenWish, type World } from '../testing/createWorld.js';

type Results = AsyncIterableIterator<ExecutionResult>;

describe.each(['in-process', 'HTTP'] as const)('subscriptions, subgraphs reached %s', (reach) => {
  const library = createLibrary();
  const { loans } = library;
  let world: World;

  beforeAll(async () => {
    world = await createWorld(library.subgraphs, { reach, subscriptions: { resumeDelaysMs: [1, 5, 20] } });
  });
  afterAll(() => world.stop());

  const clientOf = async (wish: TokenWish): Promise<Client> =>
    world.client({ connectionParams: { authorization: `Bearer ${await world.token(wish)}` } });
  const subscribe = (client: Client, query: string, variables: Record<string, unknown> = {}): Results =>
    client.iterate({ query, variables }) as Results;
  /** Begins a subscription and waits until it follows the topic. */
  const follow = async (
    client: Client,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Results> => {
    const followers = loans.followers;
    const results = subscribe(client, query, variables);
    const first = results.next();
    await waitUntil(() => loans.followers === followers + 1);
    return withFirst(results, first);
  };
  /** Ends a subscription and waits until nothing follows any more. */
  const end = async (...all: Results[]): Promise<void> => {
    for (const each of all) await each.return?.();
    await waitUntil(() => loans.followers === 0);
  };
  const failureOf = async (results: Results): Promise<readonly GraphQLFormattedError[]> =>
    results.next().then(
      ({ value }) => [{ message: `no failure: ${JSON.stringify(value)}` }],
      (errors: unknown) => errors as readonly GraphQLFormattedError[],
    );

  test('an event’s fields come from whichever subgraph has them', async () => {
    const results = await follow(
      await clientOf({ userId: 'r1' }),
      'subscription { loans { number book { title author { name } } readBy { name } due } }',
    );
    for (const number of [7, 8]) {
      loans.publish({ reader: 'r1', book: 'b1', number });
      expect((await results.next()).value).toEqual({
        data: {
          loans: {
            number,
            book: { title: 'Waves', author: { name: 'Ada' } },
            readBy: { name: 'Reader r1' },
            due: `day ${number}`,
          },
        },
      });
    }
    await end(results);
  });

  test('aliases, fragments, variables, @include and @skip hold for every event', async () => {
    const query = `
      subscription Mine($of: ID, $who: Boolean!, $what: Boolean = true) {
        mine: loans(of: $of) { n: number ...Due readBy @include(if: $who) { called: name } book @skip(if: $what) { title } }
      }
      fragment Due on Loan { due book { ... on Novel { pages } ... on Atlas { maps kind: __typename } } }`;
    const results = await follow(world.client(), query, { of: 'r9', who: true });
    loans.publish({ reader: 'r9', book: 'b2', number: 1 });
    expect((await results.next()).value).toEqual({
      data: {
        mine: { n: 1, due: 'day 1', book: { maps: 12, kind: 'Atlas' }, readBy: { called: 'Reader r9' } },
      },
    });
    await end(results);
    const less = await follow(world.client(), query, { of: 'r9', who: false, what: false });
    loans.publish({ reader: 'r9', book: 'b1', number: 2 });
    expect((await less.next()).value).toEqual({
      data: { mine: { n: 2, due: 'day 2', book: { pages: 300, title: 'Waves' } } },
    });
    await end(less);
  });

  test('two people never see each other’s, over one and the same way to the subgraph', async () => {
    const query = 'subscription { loans { number readBy { card } } }';
    const results = await Promise.all(
      ['r1', 'r2'].map(async (userId) => subscribe(await clientOf({ userId }), query)),
    );
    const firsts = results.map((each) => each.next());
    await waitUntil(() => loans.followers === 2);
    const seen = results.map((each, index) => withFirst(each, firsts[index]));
    for (let number = 1; number <= 20; number += 1) {
      const reader = number % 2 === 1 ? 'r1' : 'r2';
      loans.publish({ reader, book: 'b1', number });
      const { value } = (await seen[number % 2 === 1 ? 0 : 1]?.next()) as { value: unknown };
      expect(value).toEqual({ data: { loans: { number, readBy: { card: `card of ${reader}` } } } });
    }
    await end(...seen);
  });

  test('a value that can’t be null takes its parents with it', async () => {
    const results = await follow(world.client(), 'subscription { loans(of: 1) { number must } }');
    loans.publish({ reader: '1', book: 'b1', number: 3 });
    expect((await results.next()).value).toEqual({
      data: { loans: null },
      errors: [
        {
          message: expect.any(String),
          path: expect.any(Array),
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
    await end(results);
  });

  test('an event that is an error is told and the next one comes', async () => {
    const results = await follow(world.client(), 'subscription { brokenLoans { number } }');
    for (let number = 0; number < 2; number += 1) {
      loans.publish({ reader: 'x', book: 'b1', number });
      expect((await results.next()).value).toEqual({
        data: null,
        errors: [{ message: 'The catalogue is wet.', path: ['brokenLoans'], extensions: { code: 'WET' } }],
      });
    }
    await end(results);
  });

  test('while another subgraph is down its fields say so and the rest goes on', async () => {
    const results = await follow(world.client(), 'subscription { loans(of: 2) { number due } }');
    await world.kill('readers');
    loans.publish({ reader: '2', book: 'b1', number: 4 });
    expect((await results.next()).value).toEqual({
      data: { loans: { number: 4, due: null } },
      errors: [
        { message: expect.any(String), path: ['loans', 'due'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
      ],
    });
    await world.revive('readers');
    loans.publish({ reader: '2', book: 'b1', number: 5 });
    expect((await results.next()).value).toEqual({ data: { loans: { number: 5, due: 'day 5' } } });
    await end(results);
  });

  test('a subgraph that is not there when it begins is told at once', async () => {
    await world.kill('books');
    const errors = await failureOf(subscribe(world.client(), 'subscription { loans(of: 1) { number } }'));
    expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(JSON.stringify(errors)).not.toContain('books');
    await world.revive('books');
  });

  test('what the caller may not have is refused before anything runs', async () => {
    const query = 'subscription { secretLoans { number } }';
    const guest = await failureOf(subscribe(world.client(), query));
    expect(guest).toEqual([
      {
        message: expect.any(String),
        path: ['secretLoans'],
        extensions: { code: 'UNAUTHENTICATED', reason: 'SIGN_IN_NEEDED' },
      },
    ]);
    const person = await failureOf(subscribe(await clientOf({}), query));
    expect(person.map(({ extensions }) => extensions)).toEqual([{ code: 'FORBIDDEN' }]);
    const nested = await failureOf(
      subscribe(world.client(), 'subscription { loans(of: 1) { readBy { card } } }'),
    );
    expect(nested.map(({ path }) => path)).toEqual([['loans', 'readBy', 'card']]);
    const staff = await follow(await clientOf({ scopes: ['loan:read-any'] }), query);
    loans.publish({ reader: 'anybody', book: 'b1', number: 9 });
    expect((await staff.next()).value).toEqual({ data: { secretLoans: { number: 9 } } });
    await end(staff);
  });

  test.each([
    ['query { whoAmI }', 'ONLY_SUBSCRIPTIONS'],
    ['subscription { loans { nothing } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['subscription { loans {', 'GRAPHQL_PARSE_FAILED'],
    ['subscription { loans { number } secretLoans { number } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'subscription ($no: Boolean = false) { loans @include(if: $no) { number } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['subscription ($of: ID!) { loans(of: $of) { number } }', 'BAD_USER_INPUT'],
    [
      'subscription { ...A @skip(if: false) } fragment A on Subscription { loans { number } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'subscription { ...A } fragment A on Subscription { ... { loans @skip(if: false) { number } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s is refused', async (query, code) => {
    const errors = await failureOf(subscribe(world.client(), query));
    expect(errors.map(({ extensions }) => extensions?.['code'])).toContain(code);
  });
});

describe('a lost subgraph', () => {
  const query = 'subscription { loans(of: 1) { number } }';

  test('is taken up again when it comes back', async () => {
    const library = createLibrary();
    const world = await createWorld(library.subgraphs, {
      reach: 'HTTP',
      subscriptions: { resumeDelaysMs: Array<number>(50).fill(20) },
    });
    const results = world.client().iterate({ query });
    const first = results.next();
    await waitUntil(() => library.loans.followers === 1);
    library.loans.publish({ reader: '1', book: 'b1', number: 1 });
    expect((await first).value).toEqual({ data: { loans: { number: 1 } } });
    const next = results.next();
    await world.kill('books');
    await waitUntil(() => library.loans.followers === 0);
    await world.revive('books');
    await waitUntil(() => library.loans.followers === 1);
    library.loans.publish({ reader: '1', book: 'b1', number: 2 });
    expect((await next).value).toEqual({ data: { loans: { number: 2 } } });
    await world.stop();
  });

  test('ends the subscription with a named error when it does not', async () => {
    const library = createLibrary();
    const world = await createWorld(library.subgraphs, {
      reach: 'HTTP',
      subscriptions: { resumeDelaysMs: [1, 1] },
    });
    const results = world.client().iterate({ query });
    const first = results.next();
    await waitUntil(() => library.loans.followers === 1);
    library.loans.publish({ reader: '1', book: 'b1', number: 1 });
    await first;
    const next = results.next();
    await world.kill('books');
    await expect(next).rejects.toEqual([
      { message: expect.any(String), extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ]);
    await world.stop();
  });
});

/** The results with the first `next()` already asked for. */
function withFirst(results: Results, first: Promise<IteratorResult<ExecutionResult>> | undefined): Results {
  let waiting = first;
  return {
    next() {
      const taken = waiting ?? results.next();
      waiting = undefined;
      return taken;
    },
    return: (value) => results.return?.(value) ?? Promise.resolve({ done: true, value: undefined }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
