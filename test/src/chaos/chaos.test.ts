import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { brokerAvailable } from '@foyer/kafka/broker';
import { redisAvailable, removeEmbeddedPostgres } from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';
import { formatReport } from './formatReport.js';
import { judge } from './judge.js';
import { runChaos } from './runChaos.js';

/** Its order lets people buy between the faults that take longest to recover from. */
const SEED = process.env['CHAOS_SEED'] ?? '4';
const RUN = { seed: SEED, minutes: 1.75, people: 30 };
const ROOT = resolve(__dirname, '../../..');

requireEngine('Apache Kafka', brokerAvailable())('with Kafka', () => {
  requireEngine('Redis', redisAvailable())('and Redis,', () => {
    it('nothing is lost or sold twice, whatever is killed, stopped or confused', async () => {
      const folder = join(ROOT, '.foyer', 'chaos', `test-${process.pid}`);
      const lines: string[] = [];
      const result = await runChaos({ ...RUN, folder, say: (line) => lines.push(line) });
      const wrong = judge(result);
      if (wrong.length > 0) {
        const where = `Logs, databases and what everybody was told are in ${folder}`;
        throw new Error([...lines, formatReport(RUN, result), where].join('\n'));
      }
      await removeEmbeddedPostgres(join(folder, 'postgres'));
      await rm(folder, { recursive: true });
    });
  });
});
