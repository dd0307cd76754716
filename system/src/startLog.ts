import { ConfigurationError, createLog, LOG_LEVELS, type Environment, type Log } from '@foyer/platform';

/** The log of `npm start`. A wrong `LOG_LEVEL` ends the process with one line: there is no log yet to say it. */
export function startLog(settings: Environment): Log {
  try {
    return createLog('foyer', settings.choice('LOG_LEVEL', LOG_LEVELS, 'warn'));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
