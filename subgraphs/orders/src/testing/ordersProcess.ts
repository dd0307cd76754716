import { createPostgresBus } from '@foyer/kafka';
import { createHttpTransport, createLog, createPool, type Identity } from '@foyer/platform';
import { createTestPlatform } from '@foyer/platform/testing';
import { createOrders } from '../subgraph.js';

/** What the process is told at its start. */
export interface ProcessOptions {
  readonly databaseUrl: string;
  readonly busUrl: string;
  /** Where the fake inventory and payments answer. */
  readonly fakesUrl: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What the process is asked. */
export type ProcessRequest =
  | {
      readonly id: number;
      readonly query: string;
      readonly variables: Readonly<Record<string, unknown>>;
      readonly as: Identity;
    }
  /** `before PLACE.HOLD`: where it is to end itself. */
  | { readonly killAt: string };

/** Runs orders until it is killed: by its parent, or by itself at a commit of a saga. */
async function main(): Promise<void> {
  const { databaseUrl, busUrl, fakesUrl, environment } = JSON.parse(process.argv[2] ?? '') as ProcessOptions;
  let killAt = '';
  const dieAt = (place: string): void => {
    if (place === killAt) process.kill(process.pid, 'SIGKILL');
  };
  const platform = createTestPlatform({
    environment,
    transportTo: (subgraph) => createHttpTransport({ subgraph, urls: [fakesUrl] }),
  });
  const pool = createPool(busUrl, { max: 4, applicationName: 'foyer-bus' });
  const subgraph = await createOrders({
    context: platform.contextFor('orders'),
    bus: await createPostgresBus({ pool, log: createLog('bus', 'silent') }),
    databaseUrl,
    sagaObserver: {
      before: (point) => dieAt(`before ${point}`),
      after: (point) => dieAt(`after ${point}`),
    },
  });
  await subgraph.start();
  process.on('message', (request: ProcessRequest) => {
    if ('killAt' in request) {
      killAt = request.killAt;
      process.send?.({ armed: killAt });
      return;
    }
    void platform
      .run(subgraph, request.as, request.query, request.variables)
      .then((result) => process.send?.({ id: request.id, result }));
  });
  process.send?.({ ready: true });
}

void main();
