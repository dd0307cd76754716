import type { Environment } from '../config/environment.js';

/** Default time for a request to come in whole, in milliseconds. */
export const DEFAULT_REQUEST_TIMEOUT_MS = 10_000;

/**
 * Time for a request to come in whole, head and body, in milliseconds: `FOYER_REQUEST_TIMEOUT_MS`.
 * @throws ConfigurationError for a value that can't be used.
 */
export function requestTimeout(environment: Environment): number {
  return environment.integer('FOYER_REQUEST_TIMEOUT_MS', DEFAULT_REQUEST_TIMEOUT_MS, { minimum: 100 });
}
