import pino, { type Logger } from 'pino';

/** A structured log: JSON lines on standard error. */
export type Log = Logger;

/** Names whose values never reach a log. */
const SECRET_PATHS = ['password', 'token', 'authorization', 'secret', 'code'].flatMap((name) => [
  name,
  `*.${name}`,
]);

/**
 * The log of a process; parts of it take a `child({ part })`.
 * @param level pino's level names, or `silent`.
 */
export function createLog(name: string, level = process.env['LOG_LEVEL'] ?? 'info'): Log {
  return pino({ name, level, redact: { paths: SECRET_PATHS, censor: '[removed]' } }, pino.destination(2));
}
