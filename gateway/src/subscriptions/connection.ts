import type { Caller } from '../auth/caller.js';
import type { CloseCode } from './closeCodes.js';

/** A client's WebSocket, once its `connection_init` was taken. */
export interface Connection {
  /** Whoever it belongs to; another object after each renewal, always the same person. */
  caller: Caller;
  /** Subscriptions that run on it. */
  subscriptions: number;
  /** Closes the socket, which ends its subscriptions. */
  close(code: CloseCode): void;
}
