import type { Environment } from '../config/environment.js';
import { DEFAULT_TIMEOUT_MS } from './subgraphTransport.js';

/**
 * Time that a subgraph has for an answer, in milliseconds: `SUBGRAPH_TIMEOUT_MS`.
 * @throws ConfigurationError for a value that can't be used.
 */
export function subgraphTimeout(environment: Environment): number {
  return environment.integer('SUBGRAPH_TIMEOUT_MS', DEFAULT_TIMEOUT_MS, { minimum: 1 });
}
