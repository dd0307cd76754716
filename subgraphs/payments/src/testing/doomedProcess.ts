// A process that starts an operation and is killed while the provider has it. Run by crash.test.ts.
import { createTestBus } from '@foyer/kafka/testing';
import { newId } from '@foyer/platform';
import { createPayments } from '../subgraph.js';
import { createFakeProvider } from './createFakeProvider.js';
import { ORDERS } from './createHarness.js';
import { createTestContext } from './createTestContext.js';

/** What the process is told to do. */
export interface Doom {
  readonly databaseUrl: string;
  /** The provider's call at which it stops answering. */
  readonly at: 'createPayment' | 'closePayment' | 'refund';
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

async function run({ databaseUrl, at, query, variables }: Doom): Promise<void> {
  const fake = createFakeProvider();
  fake.script[at] = () => {
    process.stdout.write('asked\n');
    return new Promise<never>(() => undefined);
  };
  const bus = await createTestBus();
  const context = createTestContext({ url: () => 'http://127.0.0.1:9' });
  const subgraph = await createPayments({ context, bus, databaseUrl, providers: [fake] });
  await subgraph.start();
  await subgraph.transport.execute({
    query,
    variables,
    identity: JSON.stringify(ORDERS),
    requestId: newId(),
  });
}

void run(JSON.parse(process.argv[2] ?? '{}') as Doom);
