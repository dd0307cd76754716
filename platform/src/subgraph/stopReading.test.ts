import { parse } from 'graphql';
import { createLog } from '../log/createLog.js';
import { createTestPlatform, guest } from '../testing/createTestPlatform.js';
import { waitUntil } from '../testing/waitUntil.js';
import { createHttpTransport } from '../transport/createHttpTransport.js';
import type { SubgraphTransport } from '../transport/subgraphTransport.js';
import { createIdentitySigner } from '../identity/identityTokens.js';
import { systemClock } from '../clock/clock.js';
import { newId } from '../values/newId.js';
import type { RequestContext } from './context.js';
import { createSubgraph, type Subgraph } from './createSubgraph.js';

const typeDefs = parse(`
  type Query { things: [Thing!]! }
  type Mutation { make: [Thing!]! }
  type Thing { parts: [Thing!]! name: String }
`);

describe.each(['in-process', 'HTTP'] as const)('a caller who has gone, %s', (way) => {
  const platform = createTestPlatform({ environment: { SUBGRAPH_TIMEOUT_MS: '60000' } });
  /** What was read, and what waits to be let through. */
  const read: string[] = [];
  let proceed: () => void = () => undefined;
  let signal = (): AbortSignal | undefined => undefined;
  let subgraph: Subgraph;
  let transport: SubgraphTransport;

  const begin = (_: unknown, _arguments: unknown, context: RequestContext): Promise<readonly object[]> => {
    read.push('first');
    signal = () => context.signal;
    return new Promise((resolve) => {
      proceed = () => {
        resolve([{}, {}]);
      };
    });
  };
  const parts = (): Promise<readonly object[]> => {
    read.push('parts');
    return Promise.resolve([{}]);
  };

  beforeAll(async () => {
    subgraph = createSubgraph<RequestContext>({
      name: 'catalog',
      context: { ...platform.contextFor('catalog'), log: createLog('test', 'silent') },
      typeDefs,
      resolvers: {
        Query: { things: begin },
        Mutation: { make: begin },
        Thing: { parts, name: () => read.push('name') },
      },
      requestContext: (base) => base,
      components: [],
      healthChecks: {},
    });
    await subgraph.start();
    const url = await subgraph.listen('127.0.0.1', 0);
    transport =
      way === 'HTTP'
        ? createHttpTransport({ subgraph: 'catalog', urls: [`${url}/graphql`] })
        : subgraph.transport;
  });
  afterAll(async () => {
    await transport.close();
    await subgraph.stop();
  });

  const request = async (query: string) => {
    const signer = createIdentitySigner('gateway', platform.keyrings.gateway, systemClock);
    return { query, identity: await signer.sign(guest, 'catalog'), requestId: newId() };
  };
  /** Asks, leaves while the first resolver waits, and lets it go on. */
  async function leave(query: string): Promise<void> {
    read.length = 0;
    const leaving = new AbortController();
    const answer = transport.execute({ ...(await request(query)), signal: leaving.signal });
    await waitUntil(() => read.length > 0, 'its beginning');
    leaving.abort();
    await expect(answer).rejects.toThrow();
    // Over HTTP the subgraph hears of it a moment later.
    await waitUntil(() => signal()?.aborted === true, 'the subgraph knowing it');
    proceed();
  }

  test('has nothing more read for a query', async () => {
    await leave('{ things { name parts { name parts { name } } } }');
    // What follows is answered after it.
    await expect(subgraph.transport.execute(await request('{ __typename }'))).resolves.toBeDefined();
    expect(read).toEqual(['first']);
  });

  test('has a mutation run to its end, its payload included', async () => {
    await leave('mutation { make { parts { name parts { name } } } }');
    await waitUntil(() => read.filter((each) => each === 'name').length === 4, 'the whole payload');
  });
});
