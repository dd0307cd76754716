import { ConfigurationError } from '../config/environment.js';
import { describeError } from '../health/describeError.js';

/** SQLSTATEs with which Postgres turns somebody away for good, however long one waits; and what to look at. */
const REFUSALS: readonly (readonly [string, string])[] = [
  ['28P01', 'look at its user and password'],
  ['28000', 'look at its user, at sslmode and at the server’s pg_hba.conf'],
  ['42501', 'give its user the rights to the database'],
];

/** What TLS and the driver say of a server that is not whom we trust, or does not speak TLS at all. */
const TLS_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/does not support SSL/i, 'the server speaks no TLS: look at sslmode'],
  [
    /self.signed|unable to (verify|get)|certificate|altname|not match/i,
    'look at sslmode, sslrootcert, sslcert and sslkey, and at the host',
  ],
];

/** The error as one of configuration, which waiting does not heal; null when it is none. */
export function wrongPostgresConfiguration(
  error: unknown,
  variable: string,
  what: string,
): ConfigurationError | null {
  if (error instanceof ConfigurationError) return error;
  const code = error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : '';
  const text = describeError(error);
  const advice =
    REFUSALS.find(([state]) => state === code)?.[1] ??
    TLS_FAULTS.find(([pattern]) => pattern.test(text))?.[1];
  return advice === undefined ? null : new ConfigurationError(`${variable}: ${what}: ${text}: ${advice}.`);
}
