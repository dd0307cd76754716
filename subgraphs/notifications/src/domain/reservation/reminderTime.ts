const AHEAD_MS = 24 * 3_600_000;

/**
 * When a guest is reminded of a table: 24 hours before. Null where that is past: what was booked or moved since was told
 * of just now.
 */
export function reminderTime(startsAt: Date, now: Date): Date | null {
  const at = new Date(startsAt.getTime() - AHEAD_MS);
  return at > now ? at : null;
}
