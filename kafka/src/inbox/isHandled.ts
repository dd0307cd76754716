import type { Pool } from 'pg';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { EventHandler } from './defineHandler.js';

/** Whether all handlers of an event have handled it. */
export async function isHandled(
  pool: Pool,
  event: Partial<CloudEvent>,
  handlersOf: ReadonlyMap<string, readonly EventHandler<never>[]>,
): Promise<boolean> {
  const names = (handlersOf.get(event.dataschema ?? '') ?? []).map(({ name }) => name);
  const { rows } = await pool.query(
    'select from messaging.inbox where event_id = $1 and handler = any ($2::text[])',
    [event.id, names],
  );
  return rows.length === names.length;
}
