import { Type } from '@sinclair/typebox';
import type { Pool } from 'pg';
import { defineEvent } from '../../event/defineEvent.js';
import { defineHandler } from '../../inbox/defineHandler.js';
import { defineProjection } from '../projection.js';

/** An event of a listing, in the topic of catalog. */
export const Listed = defineEvent({
  type: 'test.listed',
  topic: 'catalog-events',
  aggregateType: 'test-listing',
  version: 1,
  data: Type.Object({ number: Type.Integer(), city: Type.Optional(Type.String()) }),
});

/** A projection that shows what was applied twice or never: it counts, and sums up. */
export const tally = defineProjection({
  name: 'test-tally',
  schema: 'tally',
  tables: ['listing'],
  handlers: (schema) => [
    defineHandler(Listed, {
      name: 'test-tally',
      handle: async ({ subject, data }, { sql }) => {
        await sql.query(
          `insert into ${schema}.listing as l (id, events, total) values ($1, 1, $2)
           on conflict (id) do update set events = l.events + 1, total = l.total + excluded.total`,
          [subject, data.number],
        );
      },
    }),
  ],
});

/** Makes the projection's table, with an index and a rule as a migration would. */
export async function createTally(pool: Pool): Promise<void> {
  await pool.query(
    `create schema tally;
     create table tally.listing (
       id text primary key, events int not null constraint at_least_one check (events > 0), total int not null);
     create index listing_by_total on tally.listing (total) where total > 10;
     create unique index listing_by_id on tally.listing (upper(id));`,
  );
}

/** The projection as it is, and as it should be by the events themselves. */
export async function readTally(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select id || ' ' || events || ' ' || total as line from tally.listing order by id`,
  );
  return rows.map(({ line }) => line);
}

/** What the projection should be, by the publisher's own events. */
export async function expectedTally(publisher: Pool): Promise<readonly string[]> {
  const { rows } = await publisher.query<{ line: string }>(
    `select aggregate_id || ' ' || count(*) || ' ' || sum((payload -> 'data' ->> 'number')::int) as line
     from messaging.every_event where type = 'test.listed' group by aggregate_id order by aggregate_id`,
  );
  return rows.map(({ line }) => line);
}
