import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { portVariable, PROCESS_NAMES, removeEmbeddedPostgres } from '@foyer/platform';
import { freePorts } from '../harness/freePorts.js';
import type { BenchOptions, BenchResult } from './benchResult.js';
import { percentile } from './percentile.js';
import { memoryByProgram } from './processMemory.js';

const ROOT = resolve(__dirname, '../../..');
const RUNS = 3;
/** How long nobody asks anything before memory is read. */
const IDLE_MS = 10_000;
const PATIENCE_MS = 120_000;
const QUERY = '{ events(first: 1) { edges { node { id name } } } }';

/** How `npm start` is run. */
interface Installation {
  readonly environment: NodeJS.ProcessEnv;
  readonly endpoint: string;
}

/**
 * Starts the system as `npm start` does, in a fresh process on a folder of its own that an earlier run has filled, until
 * the endpoint answers a query; then leaves it alone and reads the memory of Node and of every process of Postgres.
 */
export async function benchStart({ log }: Pick<BenchOptions, 'log'>): Promise<BenchResult[]> {
  const data = join(ROOT, '.foyer', `bench-start-${process.pid}`);
  await mkdir(data, { recursive: true });
  const ports = await freePorts(PROCESS_NAMES.length);
  const portOf = Object.fromEntries(
    PROCESS_NAMES.map((name, index) => [portVariable(name), String(ports[index])]),
  );
  const installation = {
    environment: { ...process.env, ...portOf, FOYER_DATA: data, FOYER_POSTGRES_PORT: '0' },
    endpoint: `http://127.0.0.1:${portOf[portVariable('gateway')] ?? ''}/graphql`,
  };
  try {
    const first = await withSystem(installation, async (seconds, child) => {
      await saidThatItIsUp(child);
      return seconds;
    });
    log(`the first start, which makes the databases: ${first.toFixed(1)} s to the first answer`);
    const times: number[] = [];
    let memory: BenchResult[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      times.push(
        await withSystem(installation, async (seconds, child) => {
          log(`start: ${seconds.toFixed(2)} s to the first answer`);
          if (run === RUNS - 1) memory = await measureMemory(child, log);
          return seconds;
        }),
      );
    }
    const note = `node scripts/start.mjs, everything built and filled, to the first answered query; median of ${RUNS}, the slowest ${Math.max(...times).toFixed(1)} s; the first start of all, on an empty folder: ${first.toFixed(1)} s`;
    return [figure('start', 's', percentile(times, 50), 'under 6 s', note), ...memory];
  } finally {
    await removeEmbeddedPostgres(join(data, 'postgres'));
    await rm(data, { recursive: true, force: true });
  }
}

async function measureMemory(child: ChildProcess, log: (line: string) => void): Promise<BenchResult[]> {
  await saidThatItIsUp(child);
  await delay(IDLE_MS);
  const programs = await memoryByProgram(child.pid ?? 0);
  if (programs === null) {
    log('memory: not measured, there is no /proc here');
    return [];
  }
  const all = [...programs.values()];
  const sum = (of: 'pss' | 'rss') => all.reduce((total, memory) => total + memory[of], 0);
  const parts = [...programs].map(
    ([name, { processes, pss }]) => `${name} ${pss.toFixed(0)} MB in ${processes}`,
  );
  log(
    `memory: ${sum('pss').toFixed(0)} MB (${parts.join(', ')}); resident sets together ${sum('rss').toFixed(0)} MB`,
  );
  const note = `${IDLE_MS / 1000} s after the start: ${parts.join(', ')} processes; shared pages counted once (PSS)`;
  const rssNote =
    'the sum of the resident sets, in which pages of Postgres count once for each of its processes';
  return [
    figure('memory when idle', 'MB', sum('pss'), 'under 500 MB', note),
    figure('memory when idle, resident sets', 'MB', sum('rss'), undefined, rssNote),
  ];
}

function figure(
  name: string,
  unit: string,
  value: number,
  aim: string | undefined,
  note: string,
): BenchResult {
  return { name, unit, value, baseline: null, ratio: null, ...(aim !== undefined && { aim }), note };
}

/** Runs the system until `work` is done. @param work is given the seconds until the first answer. */
async function withSystem<Result>(
  { environment, endpoint }: Installation,
  work: (seconds: number, child: ChildProcess) => Promise<Result>,
): Promise<Result> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs')], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const stop = (): void => void child.kill('SIGTERM');
  process.once('exit', stop);
  try {
    await firstAnswer(child, endpoint);
    return await work((performance.now() - started) / 1000, child);
  } finally {
    process.off('exit', stop);
    stop();
    await exit;
  }
}

async function firstAnswer(child: ChildProcess, endpoint: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query: QUERY });
  for (;;) {
    const answer = await fetch(endpoint, { method: 'POST', headers, body })
      .then((response) => response.json() as Promise<{ data?: { events?: unknown } | null }>)
      .catch(() => null);
    if (answer?.data?.events) return;
    if (child.exitCode !== null || performance.now() > deadline) throw new Error('the system did not start');
    await delay(10);
  }
}

/** Waits for the words after the demo data. Until they are asked for they stay in the pipe. */
function saidThatItIsUp(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('Foyer is up')) resolve();
    });
    child.once('exit', () => reject(new Error(`the system ended: ${text}`)));
  });
}
