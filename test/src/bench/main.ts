// `npm run bench [-- NAME…] [--trial]`: runs benchmarks one after the other, prints their figures and writes them down.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { BENCHMARKS } from './benchmarks.js';
import { formatResults } from './formatResults.js';
import type { BenchReport } from './runBenchmark.js';
import { writeSection } from './writeSection.js';

const FILE = resolve(__dirname, '../../../docs/benchmarks.md');

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const isTrial = given.includes('--trial');
  const wanted = given.filter((name) => name !== '--trial');
  const unknown = wanted.filter((name) => !(name in BENCHMARKS));
  if (unknown.length > 0) {
    throw new Error(
      `There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHMARKS).join(', ')}.`,
    );
  }
  for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHMARKS)) {
    process.stdout.write(`› ${name} …\n`);
    const started = performance.now();
    const { machine, results } = await run(name, isTrial);
    const took = `${Math.round((performance.now() - started) / 1000)} s`;
    const table = formatResults(results);
    process.stdout.write(`${table}\n(${took})\n\n`);
    const date = new Date().toISOString().slice(0, 10);
    const text = `${BENCHMARKS[name]?.about ?? ''}\n\n${date}: ${machine}.\n\n${table}`;
    if (!isTrial) await writeSection(FILE, name, text);
  }
}

/** @throws when it fails; it has then said why. */
async function run(name: string, isTrial: boolean): Promise<BenchReport> {
  const child = fork(join(__dirname, 'runBenchmark.js'), [name, ...(isTrial ? ['--trial'] : [])]);
  const report = once(child, 'message') as Promise<[BenchReport]>;
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the benchmark ${name} ended with ${String(code)}`);
  });
  const [figures] = await Promise.race([report, ended]);
  await ended.catch(() => undefined);
  return figures;
}

// A signal of the terminal reaches the benchmark too, which puts away what it has made; we end after it.
process.on('SIGINT', () => undefined);

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
