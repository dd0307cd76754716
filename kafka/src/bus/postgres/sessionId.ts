import { invariant } from '@foyer/platform';
import type { Client } from 'pg';

/** The id of the server's process behind a connected client, as in `pg_backend_pid()`. */
export function sessionId(client: Client): number {
  // Set by the driver when it connects, and missing from its types.
  const { processID } = client as unknown as { readonly processID: number | null };
  invariant(processID !== null, 'the client is not connected');
  return processID;
}
