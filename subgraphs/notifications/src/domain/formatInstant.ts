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

/** An instant where no place is known: in UTC, and saying so. @param language two letters. */
export function formatInUtc(instant: Date, language = 'en'): string {
  const text = new Intl.DateTimeFormat(LOCALES.get(language) ?? language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${text.format(instant)} UTC`;
}
