import type { Client } from 'pg';

import { invariant } from '../assert/invariant.js';

/** A session's connection, from one connect to its loss. */
export interface PgConnection {
  /** The id of the server's process behind it, as in `pg_backend_pid()`. */
  readonly id: number;
  /** Runs one statement and gives its rows; statements wait for each other. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** Wraps a connected client. */
export function createPgConnection(client: Client): PgConnection {
  // Set by the driver when it connects, and missing from its types.
  const { processID } = client as unknown as { readonly processID: number | null };
  invariant(processID !== null, 'the client is not connected');
  let last: Promise<unknown> = Promise.resolve();
  return {
    id: processID,
    query<Row extends object>(text: string, values: readonly unknown[] = []) {
      const result = last.then(async () => (await client.query<Row>(text, [...values])).rows);
      last = result.catch(() => undefined);
      return result;
    },
  };
}
