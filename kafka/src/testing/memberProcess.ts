import { createLog, Environment } from '@foyer/platform';
import { createBusFromEnvironment } from '../bus/createBusFromEnvironment.js';
import type { MemberTask } from './spawnMember.js';

/** The program that `spawnMember` starts: it says on standard output what has happened. */
async function main(): Promise<void> {
  const { group, topic, hang } = JSON.parse(process.argv[2] ?? '') as MemberTask;
  const bus = await createBusFromEnvironment(new Environment(), createLog('member', 'silent'));
  const consumer = bus.consume({
    group,
    topics: [topic],
    onBatch: async () => {
      process.stdout.write('took\n');
      if (hang) await new Promise(() => undefined);
    },
  });
  await consumer.start();
  process.stdout.write('joined\n');
}

void main();
