import type { Log } from '@foyer/platform';
import type { OperationTypeNode } from 'graphql';
import type { Caller } from '../auth/caller.js';

/** One client request, or one event of a subscription, on its way through the gateway. */
export interface RequestScope {
  readonly caller: Caller;
  /** Correlates everything this request causes. */
  readonly requestId: string;
  readonly log: Log;
  /** Ends waiting for subgraphs; its reason is a `GaveUp`. */
  readonly signal: AbortSignal | undefined;
  /** Told what kind of operation it is, as soon as that is known. */
  readonly onOperation?: (type: OperationTypeNode) => void;
}

/** Why the gateway stopped waiting. */
export type GaveUp = 'TIME_OVER' | 'CLIENT_GONE';
