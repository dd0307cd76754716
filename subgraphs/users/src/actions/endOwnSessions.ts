import type { Services } from '../services.js';
import { endSessions, type EndingSessions, type EndReason } from '../store/sessions.js';

/**
 * Ends sessions of an account at its owner's wish.
 * @returns how many this ended; 0 when they had ended before.
 */
export async function endOwnSessions(
  { database, outbox, clock }: Services,
  which: EndingSessions,
  reason: EndReason,
): Promise<number> {
  return database.transaction(async (_, sql) => {
    const ended = await endSessions(sql, which, reason, clock.now());
    await outbox.appendAll(sql, ended);
    return ended.length;
  });
}
