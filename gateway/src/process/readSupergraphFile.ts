import { readFileSync } from 'node:fs';
import { ConfigurationError, describeError, type Environment } from '@foyer/platform';
import { readSupergraph } from '@foyer/schema';
import { loadGraph } from '../graph/loadGraph.js';

/**
 * The supergraph of `GATEWAY_SUPERGRAPH`, a file; without it the composed one of this repository.
 * @throws ConfigurationError when the file can't be read, or is no supergraph that this gateway can run.
 */
export function readSupergraphFile(environment: Environment): string {
  const file = environment.optional('GATEWAY_SUPERGRAPH');
  if (file === undefined) return readSupergraph();
  try {
    const supergraphSdl = readFileSync(file, 'utf8');
    loadGraph(supergraphSdl);
    return supergraphSdl;
  } catch (error) {
    throw new ConfigurationError(`GATEWAY_SUPERGRAPH=${file}: can’t be used: ${describeError(error)}`, {
      cause: error,
    });
  }
}
