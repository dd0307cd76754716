import { inBatches, isId } from '@foyer/platform';
import {
  EventCancelled,
  EventCreated,
  EventPublished,
  EventUpdated,
  type EventSnapshot,
} from '../contracts/index.js';
import { defineHandler } from '../inbox/defineHandler.js';
import { defineProjection } from '../rebuild/projection.js';
import type { Queryable } from './queryable.js';

/** An event listing as the copy knows it. */
export type EventCopy = EventSnapshot & {
  /** Version of the catalog event that it stems from. */
  readonly version: number;
};

/** Every event listing, as catalog tells it. */
export const eventCopy = defineProjection({
  name: 'event-copy',
  schema: 'copies',
  tables: ['event'],
  handlers: (schema) =>
    [EventCreated, EventUpdated, EventPublished, EventCancelled].map((definition) =>
      defineHandler(definition, {
        name: 'event-copy',
        handle: async ({ data, aggregateversion }, { sql }) => {
          await sql.query(
            `insert into ${schema}.event as known (event_id, organization_id, version, snapshot) values ($1, $2, $3, $4)
             on conflict (event_id) do update set version = excluded.version, snapshot = excluded.snapshot
             where known.version < excluded.version`,
            [data.eventId, data.organizationId, aggregateversion, JSON.stringify(data)],
          );
        },
      }),
    ),
});

const findCopies = inBatches<Queryable, EventCopy>(async (sql, ids) => {
  const rows = await sql.query<{ id: string; version: bigint; snapshot: EventSnapshot }>(
    `select event_id as id, version, snapshot from copies.event where event_id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, { ...row.snapshot, version: Number(row.version) }]));
});

/** @returns null when the copy knows no such event. */
export function findEventCopy(sql: Queryable, eventId: string): Promise<EventCopy | null> {
  return isId(eventId) ? findCopies(sql, eventId.toLowerCase()) : Promise.resolve(null);
}
