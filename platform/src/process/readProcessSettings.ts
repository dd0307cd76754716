import { ConfigurationError, type Environment } from '../config/environment.js';
import { requestTimeout } from '../entrance/requestTimeout.js';
import { LOG_LEVELS } from '../log/createLog.js';
import { readTls, type ProcessTls } from '../tls/readTls.js';
import { hostOf, portOf, PROCESS_NAMES, publicUrlOf, type ProcessName } from './addresses.js';

/** What every process is told. */
export interface ProcessSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: ProcessTls;
  /** How long it may take to finish what is in hand, in milliseconds. */
  readonly drainMs: number;
  /** Time for a request to come in whole, in milliseconds. */
  readonly requestMs: number;
}

const DEFAULT_DRAIN_SECONDS = 30;

/** Reads what every process is told; what is wrong is noted in the environment. */
export function readProcessSettings(environment: Environment, name: ProcessName): ProcessSettings {
  const seconds = environment.integer('FOYER_DRAIN_SECONDS', DEFAULT_DRAIN_SECONDS, {
    minimum: 1,
    maximum: 3600,
  });
  environment.choice('LOG_LEVEL', LOG_LEVELS, 'info');
  // A wrong one, such as `prod`, would open what is for development.
  environment.choice('NODE_ENV', ['development', 'production', 'test'], 'development');
  for (const each of PROCESS_NAMES) publicUrlOf(environment, each);
  return {
    host: hostOf(environment),
    port: portOf(environment, name),
    tls: noteSync(environment, () => readTls(environment)) ?? { server: null, client: {} },
    drainMs: seconds * 1000,
    requestMs: requestTimeout(environment),
  };
}

/** Does what reads configuration; one that is wrong is noted, and gives null. */
export async function noteProblem<Result>(
  environment: Environment,
  read: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    return noted(environment, error);
  }
}

function noteSync<Result>(environment: Environment, read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    return noted(environment, error);
  }
}

/** What follows from a value that was noted already says nothing new. */
function noted(environment: Environment, error: unknown): null {
  if (error instanceof ConfigurationError) return environment.refuse(error.message, null);
  if (environment.hasProblems) return null;
  throw error;
}
