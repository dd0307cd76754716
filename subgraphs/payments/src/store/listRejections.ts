import type { PaymentsDatabase } from './database.js';

/** How many webhooks were turned away for a reason on a day in UTC. */
export interface RejectionRecord {
  readonly provider: string;
  readonly reason: string;
  /** `2026-05-01`. */
  readonly day: string;
  readonly count: number;
}

const LONGEST = 1000;

/** The latest counts, newest first. */
export async function listRejections({ client }: PaymentsDatabase): Promise<readonly RejectionRecord[]> {
  const rows = await client.webhookRejection.findMany({
    orderBy: [{ day: 'desc' }, { provider: 'asc' }, { reason: 'asc' }],
    take: LONGEST,
  });
  return rows.map(({ provider, reason, day, count }) => ({
    provider,
    reason,
    day: day.toISOString().slice(0, 10),
    count: Math.min(Number(count), 2 ** 31 - 1),
  }));
}
