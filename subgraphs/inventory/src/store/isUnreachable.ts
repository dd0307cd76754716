/**
 * Whether an error says that the database could not be asked, or has no room: then asking again for each request
 * would only make it worse. Everything else may be the fault of a single request.
 *
 * @see https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isSqlState = /^[0-9A-Z]{5}$/.test(code);
  if (isSqlState) return /^(08|53|57)/.test(code);
  return code !== '' || /connect|timeout/i.test(error.message);
}
