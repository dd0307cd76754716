import { forEverybody, hostOf, portOf, readTls } from '@foyer/platform';
import type { Gateway } from '../createGateway.js';
import { prepareGateway, type GatewayParts } from './prepareGateway.js';

/** A gateway that listens. */
export interface RunningGateway {
  readonly gateway: Gateway;
  /** `http://127.0.0.1:4000` */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a gateway in a process that runs more than it, at `FOYER_HOST` and `GATEWAY_PORT`.
 * @throws what could not be started; what was, is stopped.
 */
export async function startGateway(parts: GatewayParts): Promise<RunningGateway> {
  const { environment } = parts;
  const { gateway, start, stop } = prepareGateway(parts);
  try {
    await start();
    const port = portOf(environment, 'gateway');
    const url = await gateway.listen(hostOf(environment), port, forEverybody(readTls(environment).server));
    return { gateway, url, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
