import type { Caller } from '../auth/caller.js';
import { CLOSE, closeCodeFor } from './closeCodes.js';
import type { Connection } from './connection.js';

/**
 * Renews a connection's token. It must be the same person's; anything else closes the connection with a named code. While
 * tokens can't be checked the one before stays.
 */
export async function renew(connection: Connection, authenticate: () => Promise<Caller>): Promise<void> {
  try {
    const caller = await authenticate();
    const { identity } = connection.caller;
    if (
      identity.kind !== 'user' ||
      caller.identity.kind !== 'user' ||
      caller.identity.userId !== identity.userId
    ) {
      connection.close(CLOSE.anotherPerson);
      return;
    }
    connection.caller = caller;
  } catch (error) {
    const code = closeCodeFor(error);
    if (code !== CLOSE.tryAgainLater) connection.close(code);
  }
}
