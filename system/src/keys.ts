import { join, resolve } from 'node:path';
import {
  ConfigurationError,
  createKeyring,
  createPool,
  createSealer,
  Environment,
  runningDatabaseUrl,
  systemClock,
  type KeyPurpose,
  type ProcessName,
} from '@foyer/platform';
import { installationSecret } from './installationSecret.js';

/** The repository's root: this file is system/dist/keys.js. */
const ROOT = resolve(__dirname, '../..');

/** What has keys that sign; those of `ticket` only verify what was signed before. */
type RotatedPurpose = Exclude<KeyPurpose, 'ticket'>;

/** In whose databases the keys of a purpose are. */
const OWNERS: Readonly<Record<RotatedPurpose, readonly ProcessName[]>> = {
  access: ['users'],
  identity: ['gateway', 'orders'],
  admission: ['waitroom'],
  'ticket-code': ['orders'],
};

const USAGE = `Usage: npm run keys -- rotate ${Object.keys(OWNERS).join('|')}`;

/** What rotating needs a keyring to know; it does not publish here. */
const KEEP_MS = 0;

/**
 * `npm run keys -- rotate PURPOSE`: makes the next key pair. It is published within a minute and signs from ten minutes
 * later on, when every verifier has it; the one before stays published as long as its tokens live.
 */
async function main([command, purpose]: readonly string[]): Promise<void> {
  if (command !== 'rotate' || purpose === undefined || !Object.hasOwn(OWNERS, purpose)) {
    throw new ConfigurationError(USAGE);
  }
  const environment = new Environment();
  const secret = await installationSecret(
    environment,
    resolve(environment.text('FOYER_DATA', join(ROOT, '.foyer'))),
  );
  for (const owner of OWNERS[purpose as RotatedPurpose]) {
    const url = await runningDatabaseUrl(environment, owner, ROOT);
    const pool = createPool(url, { max: 1, applicationName: 'foyer-keys' });
    try {
      const keyring = createKeyring({
        purpose: purpose as RotatedPurpose,
        pool,
        sealer: createSealer(secret),
        clock: systemClock,
        keepMs: KEEP_MS,
      });
      process.stdout.write(`${owner}: the next ${purpose} key is ${await keyring.rotate()}.\n`);
    } finally {
      await pool.end();
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
