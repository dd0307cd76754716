/** The most errors that an answer lists, and the most wrong fields of an input: as many as graphql-js itself lists. */
export const MAXIMUM_ERRORS = 50;

/**
 * A list of errors as it may leave. Whoever sends many wrong values wants to stop us with their answer, or learns enough
 * from the first ones.
 * @returns the list itself, or its first `MAXIMUM_ERRORS` and one that says how many more there are.
 */
export function boundErrors<Each>(
  errors: readonly Each[],
  leftOut: (message: string, extensions: { readonly code: 'TOO_MANY_ERRORS' }) => Each,
): readonly Each[] {
  const more = errors.length - MAXIMUM_ERRORS;
  if (more <= 0) return errors;
  const message = `${more} more errors are left out: at most ${MAXIMUM_ERRORS} are listed.`;
  return [...errors.slice(0, MAXIMUM_ERRORS), leftOut(message, { code: 'TOO_MANY_ERRORS' })];
}
