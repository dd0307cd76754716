import { join, dirname } from 'node:path';
import { createInventory } from '@foyer/inventory';
import { createMessaging, createOutbox, createPostgresBus } from '@foyer/kafka';
import {
  createHttpTransport,
  createPool,
  createSubgraph,
  newId,
  pgTransaction,
  type Identity,
  type Subgraph,
  type SubgraphContext,
  type SubgraphTransport,
} from '@foyer/platform';
import { readSchema, resolversFor, subgraphTypeDefs } from '@foyer/schema';
import { benchContext } from './benchContext.js';
import type { BenchDatabase } from './benchDatabase.js';
import type { BenchResult } from './benchResult.js';
import { holdSingly } from './holdSingly.js';
import { measureRate } from './measureRate.js';

interface Options extends BenchDatabase {
  /** Of the baseline's pool. */
  readonly connections: number;
  readonly clients: number;
  readonly seconds: number;
  readonly log: (line: string) => void;
}

const HOLD = `mutation ($input: HoldOffersInput!) { holdOffers(input: $input) {
  __typename ... on OffersHeld { expiresAt } ... on HoldRefused { message }
} }`;

/** Holds through GraphQL, one per request: in-process, then over HTTP; two subgraphs that differ only in how they hold. */
export async function holdsByGraphql(options: Options): Promise<readonly BenchResult[]> {
  const grouped = await measureSubgraph(options, (context, bus) =>
    createInventory({ context, bus, databaseUrl: options.url }),
  );
  const singly = await measureSubgraph(options, (context, bus) =>
    Promise.resolve(createSimple(options, context, bus)),
  );
  return (['in-process', 'over HTTP'] as const).map((way) => {
    const [value, baseline] = [grouped[way], singly[way]];
    options.log(`GraphQL ${way}: ${Math.round(value)} holds/s grouped, ${Math.round(baseline)} singly`);
    const note = `${options.clients} buyers, one hold per request, client in the same process; both with relay and outbox`;
    return {
      name: `holds by GraphQL ${way}`,
      unit: 'holds/s',
      value,
      baseline,
      ratio: value / baseline,
      note,
    };
  });
}

type Bus = Awaited<ReturnType<typeof createPostgresBus>>;

async function measureSubgraph(
  options: Options,
  create: (context: SubgraphContext, bus: Bus) => Promise<Subgraph>,
): Promise<Record<'in-process' | 'over HTTP', number>> {
  const { busUrl, offerId, clients, seconds } = options;
  const context = benchContext();
  const busPool = createPool(busUrl, { max: 4, applicationName: 'bench-bus' });
  const bus = await createPostgresBus({ pool: busPool, log: context.log });
  const subgraph = await create(context, bus);
  await subgraph.start();
  const url = await subgraph.listen('127.0.0.1', 0);
  const http = createHttpTransport({ subgraph: 'inventory', urls: [`${url}/graphql`], connections: clients });
  try {
    return {
      'in-process': await measureRate(clients, seconds, holdBy(subgraph.transport, offerId)),
      'over HTTP': await measureRate(clients, seconds, holdBy(http, offerId)),
    };
  } finally {
    await http.close();
    await subgraph.stop();
    await bus.close();
    await busPool.end();
  }
}

function holdBy(transport: SubgraphTransport, offerId: string): () => Promise<void> {
  const identity = JSON.stringify({ kind: 'service', service: 'orders' } satisfies Identity);
  return async () => {
    const input = { orderId: newId(), personId: newId(), lines: [{ offerId, quantity: 1 }] };
    const { data, errors } = await transport.execute({
      query: HOLD,
      variables: { input },
      identity,
      requestId: newId(),
    });
    const answer = data?.['holdOffers'] as { readonly __typename: string } | undefined;
    if (answer?.__typename !== 'OffersHeld') throw new Error(JSON.stringify(errors ?? data));
  };
}

/** The same schema on the same server, with holds one by one. */
function createSimple({ url, connections }: Options, context: SubgraphContext, bus: Bus): Subgraph {
  const typeDefs = subgraphTypeDefs(readSchema(join(dirname(require.resolve('@foyer/inventory')), '..')));
  const pool = createPool(url, { max: connections + 2, applicationName: 'bench' });
  const outbox = createOutbox('inventory');
  const messaging = createMessaging({
    subgraph: 'inventory',
    bus,
    database: { pool, transaction: (work) => pgTransaction(pool, (sql) => work(sql, sql)) },
    handlers: [],
    outbox,
    log: context.log,
  });
  interface Input {
    readonly orderId: string;
    readonly personId: string;
    readonly lines: readonly { readonly offerId: string; readonly quantity: number }[];
  }
  return createSubgraph({
    name: 'inventory',
    context,
    typeDefs,
    resolvers: resolversFor(typeDefs, {
      Mutation: {
        holdOffers: async (
          _: unknown,
          { input: { orderId, personId, lines } }: { readonly input: Input },
        ) => {
          const [line] = lines;
          if (!line) throw new Error('no line');
          const expiresAt = await holdSingly(pool, outbox, { orderId, personId, ...line });
          return { __typename: 'OffersHeld', orderId, expiresAt };
        },
      },
    }),
    requestContext: (base) => base,
    components: [{ name: 'database', start: () => Promise.resolve(), stop: () => pool.end() }, messaging],
    healthChecks: {},
  });
}
