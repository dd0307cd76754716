import type { ExecutionResult } from 'graphql';

/** One operation for one subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  /** The signed identity of the caller, for this subgraph. */
  readonly identity: string;
  /** Correlates logs and events of everything one client request causes. */
  readonly requestId: string;
  /** Gives up waiting when aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** The subgraph could not be reached, or did not answer in time. Whether the operation was done is not known. */
export class SubgraphUnavailable extends Error {
  override readonly name = 'SubgraphUnavailable';

  constructor(
    readonly subgraph: string,
    reason: string,
  ) {
    super(`${subgraph} is unavailable: ${reason}`);
  }
}

/** How an operation reaches a subgraph: in-process or over HTTP. The two behave alike. */
export interface SubgraphTransport {
  /**
   * Runs a query or mutation.
   * @returns the result as the subgraph gave it: plain JSON data, nothing shared with it.
   * @throws SubgraphUnavailable when there is no answer, also after the time-out.
   */
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  /**
   * Runs a subscription. `return()` on the iterator ends it at the subgraph.
   * @throws SubgraphUnavailable when it can't be begun; the iterator throws it when the connection is lost later.
   */
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult>>;
  /** The processes it leads to, each to be asked by itself, for health checks; absent when it is one and the same. */
  readonly instances?: readonly SubgraphInstance[];
  /** Ends what is open. */
  close(): Promise<void>;
}

/** One of several processes of a subgraph. */
export interface SubgraphInstance {
  /** For people: its address. */
  readonly name: string;
  /** As `SubgraphTransport.execute`, of this one alone. @throws Error when it gives no answer. */
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
}

/** Code of the error with which a process answers, with status 503, while it waits for what it needs. */
export const NOT_READY = 'NOT_READY';

/** Default time that a subgraph has for an answer, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 10_000;
