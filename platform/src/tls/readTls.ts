import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { ConfigurationError, type Environment } from '../config/environment.js';
import { describeError } from '../health/describeError.js';
import type { ClientTls } from './clientTls.js';
import type { ServerTls } from './serverTls.js';

/** TLS between the processes of the system. */
export interface ProcessTls {
  /** Null when this process serves plain HTTP. */
  readonly server: ServerTls | null;
  readonly client: ClientTls;
}

/**
 * Reads `FOYER_TLS_CERT` and `FOYER_TLS_KEY` (with them the process serves HTTPS, and shows the same certificate when it
 * asks others), `FOYER_TLS_CA` (whose certificates it believes, instead of the public authorities') and
 * `FOYER_TLS_CLIENT_AUTH` (whether it demands certificates at `/graphql`): names of PEM files.
 * @throws ConfigurationError for a file that can't be read or used, and for one that needs another.
 */
export function readTls(environment: Environment): ProcessTls {
  const cert = readPem(environment, 'FOYER_TLS_CERT');
  const key = readPem(environment, 'FOYER_TLS_KEY');
  const ca = readPem(environment, 'FOYER_TLS_CA');
  const clientAuth = environment.flag('FOYER_TLS_CLIENT_AUTH', false);
  if ((cert === undefined) !== (key === undefined)) {
    throw new ConfigurationError('FOYER_TLS_CERT and FOYER_TLS_KEY: set both or neither.');
  }
  if (clientAuth && (cert === undefined || ca === undefined)) {
    throw new ConfigurationError(
      'FOYER_TLS_CLIENT_AUTH=true needs FOYER_TLS_CERT, FOYER_TLS_KEY and FOYER_TLS_CA.',
    );
  }
  const own = cert !== undefined && key !== undefined ? { cert, key } : null;
  const authorities = ca === undefined ? {} : { ca };
  try {
    createSecureContext({ ...own, ...authorities });
  } catch (error) {
    throw new ConfigurationError(
      `FOYER_TLS_CERT, FOYER_TLS_KEY, FOYER_TLS_CA: the files can’t be used together: ${describeError(error)}.`,
    );
  }
  return {
    server: own && { ...own, ...authorities, requestCert: clientAuth, rejectUnauthorized: false },
    client: { ...own, ...authorities },
  };
}

function readPem(environment: Environment, variable: string): string | undefined {
  const file = environment.optional(variable);
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`${variable}=${file}: can’t be read: ${describeError(error)}.`);
  }
  if (!text.includes('-----BEGIN ')) throw new ConfigurationError(`${variable}=${file}: is no PEM file.`);
  return text;
}
