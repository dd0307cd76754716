/** What one WebSocket may cost. Sizes in bytes. */
export interface SocketBounds {
  /** The largest message with an operation, `subscribe`. */
  readonly operationBytes: number;
  /** The largest message with anything else: a token, at most. */
  readonly messageBytes: number;
  /** Messages within a second, control frames of the protocol below included. */
  readonly messagesPerSecond: number;
  /** The most that may wait to be sent because the other side does not read. */
  readonly waitingBytes: number;
}

/** What a person's client may cost. */
export const CLIENT_BOUNDS: SocketBounds = {
  // A subscription's message is kept while it runs.
  operationBytes: 64_000,
  messageBytes: 16_000,
  messagesPerSecond: 100,
  waitingBytes: 1_000_000,
};

/** Codes and names with which a socket past its bounds is closed (RFC 6455 §7.4.1). */
export const SOCKET_CLOSE = {
  tooBig: { code: 1009, reason: 'Message too big' },
  tooMany: { code: 1008, reason: 'Too many messages' },
  /** It may come back: its subscriptions then begin with the present value. */
  notRead: { code: 1013, reason: 'Reads too slowly' },
  longId: { code: 1008, reason: 'Id too long' },
} as const;
