import type { ExecutionResult } from 'graphql';
import type { IncomingRequest, SubgraphExecutor } from '../subgraph/createExecutor.js';
import { endWith } from './endWith.js';
import { IDENTITY_HEADER, REQUEST_ID_HEADER } from './headers.js';
import {
  DEFAULT_TIMEOUT_MS,
  SubgraphUnavailable,
  type SubgraphRequest,
  type SubgraphTransport,
} from './subgraphTransport.js';
import { withTimeout } from './withTimeout.js';

/** Which subgraph of this process. */
export interface InProcessTransportOptions {
  readonly subgraph: string;
  /** @returns null while the subgraph does not run. */
  readonly executor: () => SubgraphExecutor | null;
  readonly timeoutMs?: number;
}

/**
 * A transport to a subgraph in this process: the same executor, identity check, time-out and JSON as over HTTP, without
 * the socket.
 */
export function createInProcessTransport(options: InProcessTransportOptions): SubgraphTransport {
  const { subgraph, executor, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const running = (): SubgraphExecutor => {
    const present = executor();
    if (!present) throw new SubgraphUnavailable(subgraph, 'it is not running');
    return present;
  };
  return {
    execute: (request) =>
      withTimeout(subgraph, timeoutMs, request.signal, async (signal) => {
        const { body } = await running().execute({ ...incoming(request), signal });
        return JSON.parse(body) as ExecutionResult;
      }),
    async subscribe(request) {
      const results = await withTimeout(subgraph, timeoutMs, request.signal, async (signal) => {
        const result = await running().subscribe(incoming(request));
        // It may come after the time-out.
        return endWith(signal, Symbol.asyncIterator in result ? result : once(result));
      });
      return endWith(request.signal, results);
    },
    close: () => Promise.resolve(),
  };
}

function incoming({
  query,
  variables,
  operationName,
  identity,
  requestId,
}: SubgraphRequest): IncomingRequest {
  // Through JSON, as over the wire: the subgraph shares no object with its caller.
  const body = JSON.parse(JSON.stringify({ query, variables, operationName })) as IncomingRequest['body'];
  return {
    body,
    headers: { [IDENTITY_HEADER]: identity, [REQUEST_ID_HEADER]: requestId },
    address: '127.0.0.1',
  };
}

async function* once(result: ExecutionResult): AsyncIterableIterator<ExecutionResult> {
  yield await Promise.resolve(result);
}
