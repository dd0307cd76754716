import { invariant } from '../assert/invariant.js';
import { settleAll } from '../scheduler/settleAll.js';
import type { ClientTls } from '../tls/clientTls.js';
import { createHttpInstance } from './createHttpInstance.js';
import { createRotation } from './createRotation.js';
import { InstanceFailure } from './instanceFailure.js';
import { isQuery } from './isQuery.js';
import { subscribeAtAny } from './subscribeAtAny.js';
import { DEFAULT_TIMEOUT_MS, SubgraphUnavailable, type SubgraphTransport } from './subgraphTransport.js';
import { withTimeout } from './withTimeout.js';

/** Where and how a subgraph is reached over the network. */
export interface HttpTransportOptions {
  readonly subgraph: string;
  /** The GraphQL addresses of its instances, `http://127.0.0.1:4001/graphql`; at least one. */
  readonly urls: readonly string[];
  readonly timeoutMs?: number;
  /** Connections kept to each instance. */
  readonly connections?: number;
  /** For addresses that begin with `https:`. */
  readonly tls?: ClientTls;
}

/** For a connection to be made where there are others: far less than an answer's time, so that they can be asked. */
const CONNECT_MS = 3000;

/**
 * A transport over HTTP and, for subscriptions, one shared WebSocket to each instance.
 *
 * Requests go to the instances in turn. One that gives no answer is passed over: what it can't have received is sent to
 * the next, what it may have received only when it is a query, since a mutation may have been done. While no instance
 * answers, all are tried. A subscription begins at any that answers, and ends with its instance.
 */
export function createHttpTransport(options: HttpTransportOptions): SubgraphTransport {
  const { subgraph, urls, timeoutMs = DEFAULT_TIMEOUT_MS, connections = 64, tls = {} } = options;
  invariant(urls.length > 0, `there is no address of ${subgraph}`);
  const connectMs = urls.length > 1 ? Math.min(CONNECT_MS, timeoutMs) : timeoutMs;
  const instances = urls.map((url) => createHttpInstance({ url, connections, connectMs, tls }));
  const forRequests = createRotation(instances);
  const forSubscriptions = createRotation(instances);

  return {
    execute: (request) =>
      withTimeout(subgraph, timeoutMs, request.signal, async (signal) => {
        const untried = [...forRequests()];
        let failure: InstanceFailure | null = null;
        let repeated = false;
        for (let instance = untried.shift(); instance; instance = untried.shift()) {
          try {
            return await instance.execute(request, signal);
          } catch (error) {
            if (!(error instanceof InstanceFailure)) throw error;
            failure = error;
            if (signal.aborted || (error.received && !isQuery(request))) break;
            // The connection broke, and there is nobody else to ask: it may be back already.
            if (error.received && untried.length === 0 && !repeated) {
              repeated = true;
              untried.push(instance);
            }
          }
        }
        throw new SubgraphUnavailable(subgraph, failure?.message ?? 'it was not asked');
      }),

    subscribe: (request) => Promise.resolve(subscribeAtAny(subgraph, forSubscriptions(), request)),

    instances: instances.map(({ url, execute }) => ({
      name: url,
      execute: (request) =>
        withTimeout(subgraph, timeoutMs, request.signal, (signal) => execute(request, signal)),
    })),

    async close() {
      await settleAll(instances.map((instance) => instance.close()));
    },
  };
}
