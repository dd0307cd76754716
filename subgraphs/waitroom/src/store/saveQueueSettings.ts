import { randomBytes } from 'node:crypto';
import type { EventSnapshot } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import { lockQueue } from './lockQueue.js';
import type { LockedQueue } from './lockedQueue.js';

/**
 * Takes over what catalog says of an event. The first time that an event with a waiting room is public its queue is made,
 * with the seed of its draw. N and M are replaced only when catalog's own values have changed: otherwise what operators
 * have set stands.
 */
export async function saveQueueSettings(sql: SqlTransaction, event: EventSnapshot): Promise<void> {
  const waitroom = event.status === 'PUBLISHED' ? (event.configuration?.waitroom ?? null) : null;
  const queue = (await lockQueue(sql, event.eventId)) ?? (await createQueue(sql, event));
  if (!queue) return;
  const { state } = queue;
  const { configuration } = event;
  queue.change({
    published: waitroom !== null,
    cancelled: event.status === 'CANCELLED',
    settled: false,
    ...(configuration && {
      saleStartsAt: new Date(configuration.saleStartsAt),
      saleEndsAt: new Date(configuration.saleEndsAt),
    }),
  });
  const { maximumInCheckout, admissionsPerMinute } = waitroom ?? {
    maximumInCheckout: 0,
    admissionsPerMinute: 0,
  };
  const changes = {
    ...(waitroom && maximumInCheckout !== state.configuredMaximum && { maximumInCheckout }),
    ...(waitroom && admissionsPerMinute !== state.configuredRate && { admissionsPerMinute }),
  };
  const moved = queue.state.saleStartsAt.getTime() !== state.saleStartsAt.getTime();
  if (moved || Object.keys(changes).length > 0) configureQueue(queue, changes);
  if (waitroom) queue.change({ configuredMaximum: maximumInCheckout, configuredRate: admissionsPerMinute });
  await queue.flush(sql);
}

/** Sets N and M, in the log too. */
export function configureQueue(
  queue: LockedQueue,
  changes: { readonly maximumInCheckout?: number; readonly admissionsPerMinute?: number },
): void {
  queue.change(changes);
  const { maximumInCheckout, admissionsPerMinute, saleStartsAt } = queue.state;
  queue.append('CONFIGURED', {
    detail: { maximumInCheckout, admissionsPerMinute, saleStartsAt: saleStartsAt.toISOString() },
  });
}

async function createQueue(sql: SqlTransaction, event: EventSnapshot): Promise<LockedQueue | null> {
  const { eventId, organizationId, configuration, status } = event;
  if (status !== 'PUBLISHED' || !configuration?.waitroom) return null;
  const { maximumInCheckout, admissionsPerMinute } = configuration.waitroom;
  await sql.query(
    `insert into queue (event_id, organization_id, published, sale_starts_at, sale_ends_at, configured_maximum,
       configured_rate, maximum_in_checkout, admissions_per_minute, seed)
     values ($1, $2, true, $3, $4, $5, $6, $5, $6, $7) on conflict do nothing`,
    [
      eventId,
      organizationId,
      configuration.saleStartsAt,
      configuration.saleEndsAt,
      maximumInCheckout,
      admissionsPerMinute,
      randomBytes(32),
    ],
  );
  await sql.query('insert into publication (event_id) values ($1) on conflict do nothing', [eventId]);
  await sql.query(
    'insert into hearing (event_id, heard_since) values ($1, foyer_now()) on conflict do nothing',
    [eventId],
  );
  const queue = await lockQueue(sql, eventId);
  if (queue?.state.lastSeq === 0) configureQueue(queue, {});
  return queue;
}
