/** The most characters (UTF-16) of a message that repeats what was sent. */
const LONGEST = 500;

/**
 * A message that repeats what was sent (graphql-js quotes wrong values, names and ids whole), short enough for an answer.
 * @param longest in UTF-16 units.
 */
export function shorten(message: string, longest: number = LONGEST): string {
  if (message.length <= longest) return message;
  // Half of a surrogate pair is no text.
  return `${message.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
