import { ConfigurationError } from '../config/environment.js';

/**
 * Places whose clocks changed their rules of late, with the release of the IANA data that says so: `[zone, instant, minutes
 * from UTC, release]`.
 */
const LATE_CHANGES = [
  ['Asia/Almaty', '2024-07-01T00:00:00Z', 300, '2024a'],
  ['America/Scoresbysund', '2024-12-01T00:00:00Z', -120, '2024a'],
  ['America/Asuncion', '2025-07-01T00:00:00Z', -180, '2024b'],
] as const;

/**
 * The runtime's IANA data is our one source of zone rules, for searches and calendar files too; Postgres's is not asked.
 * Every process of an installation must have data that is new enough.
 * @throws ConfigurationError where the runtime was built without it, or with an older one.
 */
export function checkTimeZones(): void {
  for (const [zone, instant, minutes, release] of LATE_CHANGES) {
    if (offsetOf(zone, new Date(instant)) === minutes) continue;
    throw new ConfigurationError(
      `Node's time zone data (${process.versions['tz'] ?? 'none'}) is older than ${release}: ${zone} is wrong. Use a newer release of Node.`,
    );
  }
}

function offsetOf(timeZone: string, at: Date): number | null {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  return sign === undefined ? null : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
