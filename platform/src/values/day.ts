/**
 * Whether a text is a day of the calendar that everybody can reckon with, `2026-12-24`: of the years 1900 to 2999, so that
 * days before and after it are days too, for Postgres as for us.
 */
export function isDay(text: string): boolean {
  if (!/^(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
