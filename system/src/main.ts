import { join, resolve } from 'node:path';
import {
  Environment,
  onStopSignal,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '@foyer/platform';
import { fillDemoData } from './demo/fillDemoData.js';
import { installationSecret } from './installationSecret.js';
import { portInUseMessage } from './portInUseMessage.js';
import { prepareDatabases } from './prepareDatabases.js';
import { startLog } from './startLog.js';
import { startSystem } from './startSystem.js';
import { welcome } from './welcome.js';

/** The repository's root: this file is system/dist/main.js. */
const ROOT = resolve(__dirname, '../..');

/** `npm start`: embedded Postgres, migrations, demo data, every subgraph and the gateway, until a signal. */
async function main(): Promise<void> {
  const startedAt = performance.now();
  const settings = new Environment();
  const log = startLog(settings);
  const dataDirectory = resolve(settings.text('FOYER_DATA', join(ROOT, '.foyer')));
  const postgresDirectory = join(dataDirectory, 'postgres');
  if (process.argv.includes('--fresh')) {
    say('Beginning anew: removing the old data …');
    await removeEmbeddedPostgres(postgresDirectory);
  }

  let postgres: EmbeddedPostgres | null = null;
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  onStopSignal(() => {
    say('Stopping …');
    return stop();
  }, log);
  try {
    const configuredUrl = settings.optional('FOYER_POSTGRES_URL');
    if (configuredUrl === undefined) {
      postgres = await startEmbeddedPostgres({
        dataDirectory: postgresDirectory,
        port: settings.integer('FOYER_POSTGRES_PORT', 0, { maximum: 65_535 }),
        log: say,
      });
      const { stop: stopPostgres } = postgres;
      stops.push(stopPostgres);
    }
    const urls = await prepareDatabases(configuredUrl ?? (postgres as EmbeddedPostgres).adminUrl);
    const secret = await installationSecret(settings, dataDirectory);
    const environment = new Environment({ ...urls, ...process.env, FOYER_SECRET: secret });
    const system = await startSystem({ environment, log });
    stops.push(() => system.stop());
    const demo = await fillDemoData({ environment, endpoint: system.endpoint, dataDirectory, say });
    say(welcome({ system, demo, seconds: (performance.now() - startedAt) / 1000 }));
  } catch (error) {
    const message = portInUseMessage(error) ?? (error instanceof Error ? error.message : String(error));
    process.stderr.write(`\n${message}\n`);
    log.debug({ err: error }, 'start failed');
    await stop().catch(() => undefined);
    process.exitCode = 1;
    // Half-started parts may hold the process open.
    setTimeout(() => process.exit(1), 2000).unref();
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

void main();
