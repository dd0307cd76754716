import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { claimDataFolder, Environment, onStopSignal, removeEmbeddedPostgres } from '@foyer/platform';
import { fillDemoData } from '../demo/fillDemoData.js';
import { installationSecret } from '../installationSecret.js';
import { prepareDatabases } from '../prepareDatabases.js';
import { startLog } from '../startLog.js';
import { distributedWelcome } from './distributedWelcome.js';
import { openProcessRegister } from './processRegister.js';
import { runFolderOf, startDistributed } from './startDistributed.js';
import { startEngines } from './startEngines.js';

/** The repository's root: this file is system/dist/distributed/main.js. */
const ROOT = resolve(__dirname, '../../..');

const settings = new Environment();
const log = startLog(settings);
const folder = resolve(settings.text('FOYER_DATA', join(ROOT, '.foyer')), 'distributed');
/** Leftovers know already that their supervisor is gone. */
const LEFTOVER_PATIENCE_MS = 10_000;
const DEMO_ATTEMPTS = 5;
/** What stops each part that runs, in order of their starts. */
const stops: (() => unknown)[] = [];
const stopping = new AbortController();

/** `npm run start:distributed`: engines, migrations, every process, demo data, until a signal. */
async function start(): Promise<void> {
  const startedAt = performance.now();
  await mkdir(folder, { recursive: true });
  const claim = claimDataFolder(folder, folder, `The distributed system in ${folder}`);
  stops.push(claim.release);
  // Before its engines are taken from it.
  const left = await openProcessRegister(runFolderOf(folder)).endLeftovers(LEFTOVER_PATIENCE_MS);
  if (left.length > 0) say(`Ended what an earlier run had left: ${left.join(', ')}.`);
  if (process.argv.includes('--fresh')) await beginAnew();

  const onStarted = (stop: () => Promise<void>): unknown => stops.push(stop);
  const engines = await startEngines({ environment: settings, folder, say, onStarted });
  const urls = await prepareDatabases(engines.postgresUrl);
  const secret = await installationSecret(settings, folder);
  stopping.signal.throwIfAborted();
  const system = await startDistributed({
    variables: { ...urls, LOG_LEVEL: 'info', ...ownVariables(), ...engines.variables, FOYER_SECRET: secret },
    folder,
    log,
    signal: stopping.signal,
  });
  stops.push(() => system.stop());
  const environment = new Environment(system.variables);
  const [endpoint = ''] = system.endpoints;
  const demo = await fillPatiently(() => fillDemoData({ environment, endpoint, dataDirectory: folder, say }));
  const seconds = (performance.now() - startedAt) / 1000;
  say(distributedWelcome({ system, started: engines.started, demo, folder, seconds }));
}

/** On a machine that is busy with twelve processes' starts an answer may come too late; what was filled stays filled. */
async function fillPatiently(fill: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fill();
    } catch (error) {
      if (attempt === DEMO_ATTEMPTS || stopping.signal.aborted) throw error;
      log.warn({ err: error }, 'the demo data could not be filled; trying again');
    }
  }
}

async function stop(): Promise<void> {
  for (const each of stops.splice(0).reverse()) await each();
}

async function main(): Promise<void> {
  const started = start();
  onStopSignal(async () => {
    say('Stopping: the gateways, the subgraphs, then the engines …');
    stopping.abort(new Error('stopped while it started'));
    await started.catch(() => undefined);
    await stop();
  }, log);
  try {
    await started;
  } catch (error) {
    if (stopping.signal.aborted) return;
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    log.debug({ err: error }, 'start failed');
    await stop().catch(() => undefined);
    process.exit(1);
  }
}

/** Removes all data; nobody uses it. */
async function beginAnew(): Promise<void> {
  say('Beginning anew: removing the old data …');
  await removeEmbeddedPostgres(join(folder, 'postgres'));
  for (const each of ['kafka', 'redis', 'logs', 'demo-data']) {
    await rm(join(folder, each), { recursive: true, force: true });
  }
}

function ownVariables(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

void main();
