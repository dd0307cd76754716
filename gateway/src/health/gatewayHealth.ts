import { checkHealth, type HealthCheck, type Log } from '@foyer/platform';

/** Whether the gateway can serve, and what it depends on. */
export interface GatewayHealth {
  readonly ready: boolean;
  /** By name, `degraded` where it can do without; what is wrong with one is in the log, not for everybody to read. */
  readonly dependencies: Readonly<Record<string, 'ok' | 'degraded' | 'down'>>;
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
  let said = '';
  /** What is wrong is said when it changes: probes ask every few seconds. */
  const say = (wrong: readonly (readonly [string, string])[]): void => {
    // Times and counts within a reason change at every attempt.
    const names = wrong.map(([name, state]) => `${name} ${stateOf(state)}`).join();
    if (names === said) return;
    said = names;
    if (wrong.length > 0) log.warn({ dependencies: Object.fromEntries(wrong) }, 'dependencies are down');
    else log.info('all dependencies answer');
  };
  const check = async (): Promise<GatewayHealth> => {
    const [needed, served] = await Promise.all([checkHealth(required), checkHealth(subgraphs)]);
    const states = Object.entries({ ...needed.dependencies, ...served.dependencies });
    say(states.filter(([, state]) => state !== 'ok'));
    const serving = Object.values(served.dependencies).map(stateOf);
    return {
      ready: needed.ready && (serving.length === 0 || serving.some((state) => state !== 'down')),
      dependencies: Object.fromEntries(states.map(([name, state]) => [name, stateOf(state)])),
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

/** The word for a state without what is wrong. */
function stateOf(state: string): 'ok' | 'degraded' | 'down' {
  if (state === 'ok') return state;
  return state.startsWith('degraded') ? 'degraded' : 'down';
}
