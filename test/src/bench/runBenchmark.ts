// One benchmark in a process of its own, on a Postgres of its own: none is slower or quicker for what ran before it.
// Started by main.ts, which it tells the figures.
import { createLog, onStopSignal } from '@foyer/platform';
import type { BenchResult } from './benchResult.js';
import { BENCHMARKS } from './benchmarks.js';
import { durablePostgres } from './durablePostgres.js';
import { describeMachine } from './machine.js';

/** What the process tells its parent. */
export interface BenchReport {
  readonly machine: string;
  readonly results: readonly BenchResult[];
}

/** The measuring takes this long in a trial, which shows that everything works and whose figures mean nothing. */
const TRIAL_SECONDS = 1;

async function main(name: string, isTrial: boolean): Promise<void> {
  const benchmark = BENCHMARKS[name];
  if (!benchmark) throw new Error(`there is no benchmark ${name}`);
  const postgres = await durablePostgres();
  onStopSignal(() => postgres.stop(), createLog('bench', 'error'));
  try {
    const machine = await describeMachine(postgres.adminUrl);
    const results = await benchmark.run({
      adminUrl: postgres.adminUrl,
      seconds: isTrial ? TRIAL_SECONDS : benchmark.seconds,
      log: (line) => process.stdout.write(`  ${line}\n`),
    });
    process.send?.({ machine, results } satisfies BenchReport);
  } finally {
    await postgres.stop();
  }
}

main(process.argv[2] ?? '', process.argv.includes('--trial')).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
