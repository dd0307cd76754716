import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What answers at an entrance. */
export interface Application {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends every WebSocket with close code 1001, so that their clients go elsewhere, and takes no more of them. */
  goAway(): Promise<void>;
}
