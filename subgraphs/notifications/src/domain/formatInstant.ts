/** An instant as people read it at a place: `Saturday 5 December 2026 at 20:00`. @param timeZone IANA name. */
export function formatAtVenue(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(
    instant,
  );
}

/** An instant where no place is known: in UTC, and saying so. */
export function formatInUtc(instant: Date): string {
  const text = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return `${text.format(instant)} UTC`;
}
