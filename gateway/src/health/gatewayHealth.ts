import { checkHealth, type HealthCheck, type Log } from '@foyer/platform';

/** Whether the gateway can serve, and what it depends on. */
export interface GatewayHealth {
  readonly ready: boolean;
  /** By name; what is wrong with one is in the log, not for everybody to read. */
  readonly dependencies: Readonly<Record<string, 'ok' | 'down'>>;
}

/** What health is judged by. */
export interface GatewayHealthOptions {
  /** What no request can do without. */
  readonly required: Readonly<Record<string, HealthCheck>>;
  /** Subgraphs: as long as one answers, its fields are served. */
  readonly subgraphs: Readonly<Record<string, HealthCheck>>;
  readonly log: Log;
}

/** An answer is good for this long, in milliseconds: asking often must not make work often. */
const KEEP_MS = 1000;

/** Makes the health check of a gateway. */
export function createGatewayHealth(options: GatewayHealthOptions): () => Promise<GatewayHealth> {
  const { required, subgraphs, log } = options;
  const check = async (): Promise<GatewayHealth> => {
    const [needed, served] = await Promise.all([checkHealth(required), checkHealth(subgraphs)]);
    const states = Object.entries({ ...needed.dependencies, ...served.dependencies });
    const down = states.filter(([, state]) => state !== 'ok');
    if (down.length > 0) log.warn({ down: Object.fromEntries(down) }, 'dependencies are down');
    const names = Object.values(served.dependencies);
    return {
      ready: needed.ready && (names.length === 0 || names.includes('ok')),
      dependencies: Object.fromEntries(states.map(([name, state]) => [name, state === 'ok' ? 'ok' : 'down'])),
    };
  };
  let latest: Promise<GatewayHealth> | null = null;
  let askedAt = -Infinity;
  return () => {
    if (!latest || performance.now() - askedAt > KEEP_MS) {
      askedAt = performance.now();
      latest = check();
    }
    return latest;
  };
}
