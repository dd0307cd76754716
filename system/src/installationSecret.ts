import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError, type Environment } from '@foyer/platform';

/**
 * The installation's secret: `FOYER_SECRET`, else one made at the first start and kept in the data folder.
 * @throws ConfigurationError when FOYER_SECRET is too short.
 */
export async function installationSecret(environment: Environment, dataDirectory: string): Promise<string> {
  const configured = environment.optional('FOYER_SECRET');
  if (configured !== undefined) {
    if (configured.length < 32)
      throw new ConfigurationError('FOYER_SECRET must have at least 32 characters.');
    return configured;
  }
  const file = join(dataDirectory, 'secret');
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept.trim();
  const secret = randomBytes(32).toString('base64url');
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}
