import type { Pool } from 'pg';

/** What waits in a subgraph's database. */
export interface MessagingFigures {
  /** Events committed and not yet published. */
  readonly unpublished: number;
  /** Those of them that the bus does not take; what follows of their aggregates waits behind them. */
  readonly refused: number;
  /** Events that wait for an operator. */
  readonly dead: number;
  /** Events that failed and will be tried again, and those behind them or behind dead ones. */
  readonly waiting: number;
}

/** Counts what waits. */
export async function readMessagingFigures(pool: Pool, group: string): Promise<MessagingFigures> {
  const { rows } = await pool.query<MessagingFigures>(
    `select (select count(*) from messaging.outbox where published_at is null)::int as unpublished,
            (select count(*) from messaging.refused_event r join messaging.outbox o on o.id = r.event_id
             where o.published_at is null)::int as refused,
            count(*) filter (where state = 'DEAD')::int as dead,
            count(*) filter (where state = 'WAITING')::int as waiting
     from messaging.parked_event where consumer_group = $1`,
    [group],
  );
  return rows[0] ?? { unpublished: 0, refused: 0, dead: 0, waiting: 0 };
}
