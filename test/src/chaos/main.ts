import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { whyNoBroker } from '@foyer/kafka/broker';
import { redisAvailable, removeEmbeddedPostgres } from '@foyer/platform';
import { formatReport } from './formatReport.js';
import { judge } from './judge.js';
import { runChaos } from './runChaos.js';

/** The repository's root: this file is test/dist/chaos/main.js. */
const ROOT = resolve(__dirname, '../../..');

const USAGE = 'Usage: npm run chaos -- [--minutes M] [--seed S] [--people N] [--keep]';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** `npm run chaos`: one run. Exit status 0 only when every invariant held and every kind of fault hit something. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
      people: { type: 'string', default: '30' },
      keep: { type: 'boolean', default: false },
    },
  });
  const { seed, keep } = values;
  const minutes = positive(values.minutes, 'minutes');
  const people = Math.ceil(positive(values.people, 'people'));
  const missing = whyNoBroker() ?? (redisAvailable() ? null : 'redis-server is not on PATH: install it.');
  if (missing !== null) throw new Error(missing);

  say(`Seed ${seed}`);
  const folder = join(ROOT, '.foyer', 'chaos', `${seed}-${new Date().toISOString().replace(/[:.]/g, '-')}`);
  await mkdir(folder, { recursive: true });
  const onStarted = (stop: () => Promise<void>): void => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        say(`Stopping … Logs and databases are in ${folder}`);
        void stop().finally(() => process.exit(130));
      });
    }
  };
  try {
    const result = await runChaos({ seed, minutes, people, folder, say, onStarted });
    const report = formatReport({ seed, minutes, people }, result);
    await writeFile(join(folder, 'report.txt'), report);
    say(report);
    if (judge(result).length === 0 && !keep) {
      await removeEmbeddedPostgres(join(folder, 'postgres'));
      await rm(folder, { recursive: true });
      return;
    }
    process.exitCode = judge(result).length === 0 ? 0 : 1;
  } catch (error) {
    say(`The run itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  }
  say(`\nLogs, databases and what everybody was told are in ${folder}`);
  say(`Again: npm run chaos -- --minutes ${minutes} --seed ${seed} --people ${people}`);
}

function positive(text: string, name: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} ${text} is not a positive number. ${USAGE}`);
  return value;
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
