import { ConfigurationError } from '../config/environment.js';

/** What a server or TLS says to who will not be let in, however long one waits; and what to look at. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/WRONGPASS|NOAUTH|NOPERM|invalid password|AUTH <password>/i, 'look at user and password in REDIS_URL'],
  [/certificate|self.signed|ALTNAME/i, 'look at REDIS_TLS_CA and the host in REDIS_URL'],
  [/DB index is out of range|SELECT is not allowed/i, 'look at the database in REDIS_URL'],
  [/cluster_enabled:1/, 'REDIS_MODE is single, but the server is a node of a Cluster'],
  [/cluster support disabled/i, 'REDIS_MODE is cluster, but the server is none of a Cluster'],
  [/unknown command.*sentinel/i, 'REDIS_MODE is sentinel, but REDIS_URL names no Sentinel'],
];

/** Whether an error of a connection is one of configuration, which waiting does not heal; null when it is not. */
export function wrongConfiguration(error: Error, where: string): ConfigurationError | null {
  const cause =
    'lastNodeError' in error && error.lastNodeError instanceof Error ? error.lastNodeError : error;
  const text = `${(cause as NodeJS.ErrnoException).code ?? ''} ${cause.message}`;
  const fault = FAULTS.find(([pattern]) => pattern.test(text));
  return fault ? new ConfigurationError(`Redis at ${where}: ${cause.message}: ${fault[1]}.`) : null;
}
