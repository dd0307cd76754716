import type { SqlTransaction } from '@foyer/platform';
import { Type } from '@sinclair/typebox';
import type { Pool } from 'pg';
import { defineEvent, type EventOf } from '../event/defineEvent.js';
import { defineHandler, type EventHandler, type HandlerOptions } from '../inbox/defineHandler.js';
import { testEvent } from './testEvent.js';

/** An event for tests of what is done with events. */
export const Counted = defineEvent({
  type: 'test.counted',
  topic: 'order-events',
  aggregateType: 'test',
  version: 1,
  data: Type.Object({ number: Type.Integer() }, { additionalProperties: false }),
});

/** One whose number is its version. */
export function counted(aggregateId: string, number: number): EventOf<typeof Counted> {
  return testEvent(Counted, { aggregateId, aggregateVersion: number, data: { number } });
}

type Options = Partial<HandlerOptions<typeof Counted, SqlTransaction>> & {
  /** Called within the transaction, after the event was written down. */
  readonly then?: (event: EventOf<typeof Counted>) => Promise<void> | void;
};

/** A handler that writes down what it handles; see `readApplied`. */
export function recordCounted({ then, ...options }: Options = {}): EventHandler<SqlTransaction> {
  return defineHandler(Counted, {
    ...options,
    handle: async (event, { sql }) => {
      await sql.query('insert into applied (aggregate_id, number) values ($1, $2)', [
        event.subject,
        event.data.number,
      ]);
      await then?.(event);
    },
  });
}

/** Makes the table that `recordCounted` writes to. */
export async function createApplied(pool: Pool): Promise<void> {
  await pool.query('create table applied (nr serial, aggregate_id text not null, number int not null)');
}

/** The numbers that were handled of an aggregate, in the order in which they were. */
export async function readApplied(pool: Pool, aggregateId: string): Promise<readonly number[]> {
  const { rows } = await pool.query<{ number: number }>(
    'select number from applied where aggregate_id = $1 order by nr',
    [aggregateId],
  );
  return rows.map(({ number }) => number);
}
