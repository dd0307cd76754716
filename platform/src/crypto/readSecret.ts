import type { Environment } from '../config/environment.js';

const SHORTEST = 32;

/** The installation's secret, `FOYER_SECRET`. @throws ConfigurationError when unset or too short; it shows nothing of it. */
export function readSecret(environment: Environment): string {
  const secret = environment.text('FOYER_SECRET');
  if (secret.length >= SHORTEST || secret === '') return secret;
  return environment.refuse(`FOYER_SECRET: must have at least ${SHORTEST} characters.`, secret);
}
