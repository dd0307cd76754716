import { readFileSync } from 'node:fs';
import { createBusFromEnvironment } from '@foyer/kafka';
import {
  createHttpTransport,
  createLog,
  createSealer,
  Environment,
  fetchJwks,
  onStopSignal,
  systemClock,
  urlOf,
} from '@foyer/platform';
import { readSupergraph } from '@foyer/schema';
import { openGatewayKeys } from './process/openGatewayKeys.js';
import { startGateway } from './process/startGateway.js';
import { subgraphUrls } from './process/subgraphUrls.js';

/**
 * Runs the gateway as a process of its own, configured by the environment: `GATEWAY_DATABASE_URL`, `BUS_DATABASE_URL`,
 * `FOYER_SECRET`, `<SUBGRAPH>_URL`, `GATEWAY_SUPERGRAPH` (a file; default the composed one of this repository) and what
 * `optionsFromEnvironment` names. Ends cleanly at SIGINT and SIGTERM; a start that fails says why, with status 1.
 */
async function main(): Promise<void> {
  const environment = new Environment();
  const log = createLog('foyer-gateway');
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  onStopSignal(stop, log);
  try {
    const file = environment.optional('GATEWAY_SUPERGRAPH');
    const supergraphSdl = file === undefined ? readSupergraph() : readFileSync(file, 'utf8');
    const keys = openGatewayKeys(environment, createSealer(environment.text('FOYER_SECRET')), systemClock);
    stops.push(() => keys.close());
    const bus = await createBusFromEnvironment(environment, log);
    stops.push(() => bus.close());
    const transports = Object.fromEntries(
      Object.entries(subgraphUrls(supergraphSdl, environment)).map(([subgraph, url]) => [
        subgraph,
        createHttpTransport({ subgraph, url }),
      ]),
    );
    stops.push(async () => {
      for (const transport of Object.values(transports)) await transport.close();
    });
    const running = await startGateway({
      environment,
      clock: systemClock,
      log,
      supergraphSdl,
      bus,
      keys,
      fetchAccessKeys: () => fetchJwks(urlOf(environment, 'users')),
      transports,
    });
    stops.push(() => running.stop());
    log.info({ url: running.url }, 'the gateway answers');
  } catch (error) {
    log.fatal({ err: error }, 'the gateway could not start');
    await stop().catch(() => undefined);
    process.exit(1);
  }
}

void main();
