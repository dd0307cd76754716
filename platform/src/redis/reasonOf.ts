/**
 * What an error of ioredis tells an operator; null when it tells nothing but that a question had no answer.
 * A Cluster's error carries that of the node asked last.
 */
export function reasonOf(error: Error): string | null {
  const cause =
    'lastNodeError' in error && error.lastNodeError instanceof Error ? error.lastNodeError : error;
  return /max retries per request/i.test(cause.message) ? null : cause.message;
}
