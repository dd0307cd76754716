import type { ExecutionResult } from 'graphql';
import type { Client } from 'graphql-ws';
import { createLibrary } from '../testing/library.js';
import { createWorld, type World } from '../testing/createWorld.js';
import { waitUntil } from '../testing/waitUntil.js';

const LOANS = 'subscription { loans { number book { title author { name } } readBy { name } due } }';

describe.each(['in-process', 'HTTP'] as const)('subscriptions, subgraphs reached %s', (reach) => {
  const library = createLibrary();
  let world: World;

  beforeAll(async () => {
    world = await createWorld(library.subgraphs, { reach });
  });
  afterAll(() => world.stop());

  const subscribe = (client: Client, query: string, variables?: Record<string, unknown>): AsyncIterableIterator<ExecutionResult> =>
    client.iterate({ query, variables: variables ?? null }) as AsyncIterableIterator<ExecutionResult>;

  const clientOf = async (userId: string): Promise<Client> =>
    world.client({ connectionParams: { authorization: `Bearer ${await world.token({ userId })}` } });

  test('an event’s fields come from whichever subgraph has them', async () => {
    const results = subscribe(await clientOf('r1'), LOANS);
    const first = results.next();
    await waitUntil(() => library.loans.followers === 1);
    library.loans.publish({ reader: 'r1', book: 'b1', number: 7 });
    expect((await first).value).toEqual({
      data: {
        loans: {
          number: 7,
          book: { title: 'Waves', author: { name: 'Ada' } },
          readBy: { name: 'Reader r1' },
          due: 'day 7',
        },
      },
    });
    await results.return?.();
    await waitUntil(() => library.loans.followers === 0);
  });
});
