import { newId } from '@foyer/platform';

const FORM = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;

/** The id of a request: the client's own when it has a harmless form (8 to 128 characters), else a new one. */
export function requestId(given: unknown): string {
  return typeof given === 'string' && FORM.test(given) ? given : newId();
}
