/** English as the world reads it; every other language as its own people do. */
const LOCALES: ReadonlyMap<string, string> = new Map([['en', 'en-GB']]);

/**
 * An instant as people read it at a place: `Saturday 5 December 2026 at 20:00`.
 * @param timeZone IANA name.
 * @param language two letters.
 */
export function formatAtVenue(instant: Date, timeZone: string, language = 'en'): string {
  const format = new Intl.DateTimeFormat(LOCALES.get(language) ?? language, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone,
  });
  return format.format(instant);
}

/** An instant at a place, where that is known, and else in UTC. @param timeZone IANA name; null: not known. */
export function formatAt(instant: Date, timeZone: string | null, language = 'en'): string {
  return timeZone === null ? formatInUtc(instant, language) : formatAtVenue(instant, timeZone, language);
}

/** An instant where no place is known: in UTC, and saying so. @param language two letters. */
export function formatInUtc(instant: Date, language = 'en'): string {
  const text = new Intl.DateTimeFormat(LOCALES.get(language) ?? language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${text.format(instant)} UTC`;
}
