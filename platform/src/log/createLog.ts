import pino, { type Logger } from 'pino';

/** A structured log: JSON lines on standard error. */
export type Log = Logger;

/** The values of `LOG_LEVEL`. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Names whose values never reach a log. */
const SECRET_PATHS = ['password', 'token', 'authorization', 'secret', 'code'].flatMap((name) => [
  name,
  `*.${name}`,
]);

/**
 * The log of a process; parts of it take a `child({ part })`.
 * @param level pino's level names, or `silent`.
 */
export function createLog(name: string, level = levelFromEnvironment()): Log {
  return pino({ name, level, redact: { paths: SECRET_PATHS, censor: '[removed]' } }, pino.destination(2));
}

/** `LOG_LEVEL`; where that is none, the default: the log that says so must be there. */
function levelFromEnvironment(): string {
  return LOG_LEVELS.find((level) => level === process.env['LOG_LEVEL']?.trim()) ?? 'info';
}
