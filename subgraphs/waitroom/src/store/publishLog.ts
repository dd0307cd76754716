import {
  outboxEvent,
  QueueEnded,
  QueueExpired,
  QueueJoined,
  QueueLeft,
  QueueReady,
  type Outbox,
  type OutboxEvent,
  type Queryable,
} from '@foyer/kafka';
import { invariant, type SqlTransaction } from '@foyer/platform';
import { logRowOf, type LogTableRow } from './rows.js';

/** The most rows that are told in one transaction. */
export const PUBLISH_PAGE = 500;

interface ToldRow extends LogTableRow {
  readonly user_id: string | null;
  readonly admission_id: string | null;
  readonly admission_expires_at: Date | null;
}

/** Queues whose log has rows that the world has not been told. */
export async function findUnpublished(sql: Queryable): Promise<readonly string[]> {
  const rows = await sql.query<{ event_id: string }>(
    'select p.event_id from publication p join queue q on q.event_id = p.event_id and q.last_seq > p.published_seq',
  );
  return rows.map(({ event_id }) => event_id);
}

/**
 * Tells the world the next rows of a queue's log: their events go to the outbox in the transaction that notes how far
 * telling has come, so each row is told once. The log has no gaps and shows in its order, which is why a number may be
 * remembered. State and event are one: the row is both.
 * @returns how many rows were passed; less than `PUBLISH_PAGE` when none is left.
 */
export async function publishLog(sql: SqlTransaction, outbox: Outbox, eventId: string): Promise<number> {
  const [publication] = await sql.query<{ published_seq: bigint }>(
    'select published_seq from publication where event_id = $1 for update',
    [eventId],
  );
  const rows = await sql.query<ToldRow>(
    `select l.*, e.user_id, e.admission_id, e.admission_expires_at
     from (
       select * from queue_log where event_id = $1 and seq > $2 order by seq limit $3
     ) l
     left join lateral (
       select user_id, admission_id, admission_expires_at from entry where id = l.entry_id limit 1
     ) e on true
     order by l.seq`,
    [eventId, publication?.published_seq ?? 0, PUBLISH_PAGE],
  );
  const last = rows.at(-1);
  if (!last) return 0;
  await sql.query('update publication set published_seq = $2 where event_id = $1', [eventId, last.seq]);
  await outbox.appendAll(
    sql,
    rows.flatMap((row) => eventOf(row) ?? []),
  );
  return rows.length;
}

/** The event that a row of the log is to the world; null when it concerns nobody else. */
function eventOf(row: ToldRow): OutboxEvent | null {
  const { entry_id: entryId, event_id: eventId, user_id: userId, admission_id: admissionId } = row;
  if (entryId === null || userId === null) return null;
  const place = { entryId, eventId, userId };
  const aggregate = { aggregateId: entryId };
  const { kind, detail, place: change } = logRowOf(row);
  switch (kind) {
    case 'JOINED':
      return outboxEvent(QueueJoined, { ...aggregate, data: place });
    case 'ADMITTED': {
      const expiresAt = row.admission_expires_at;
      invariant(admissionId !== null && expiresAt !== null, `${entryId} was admitted without an admission`);
      return outboxEvent(QueueReady, {
        ...aggregate,
        data: { ...place, admissionId, expiresAt: expiresAt.toISOString() },
      });
    }
    case 'LEFT':
      return outboxEvent(QueueLeft, { ...aggregate, data: { ...place, admissionId } });
    case 'EXPIRED':
      // With its place freed it was orders that told us.
      return change === -1
        ? null
        : outboxEvent(QueueExpired, { ...aggregate, data: { ...place, admissionId } });
    case 'RETURNED':
      return detail?.closeAgain
        ? outboxEvent(QueueLeft, { ...aggregate, data: { ...place, admissionId } })
        : null;
    case 'ENDED':
      invariant(detail?.reason, `${entryId} was ended without a reason`);
      return outboxEvent(QueueEnded, { ...aggregate, data: { ...place, reason: detail.reason } });
    case 'CONFIGURED':
    case 'OPENED':
    case 'PAUSED':
    case 'RESUMED':
    case 'SALE_STATE':
    case 'DRAWN':
    case 'SPENT':
    case 'COMPLETED':
    case 'FREED':
      return null;
  }
}
