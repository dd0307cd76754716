// A process of the waiting room, for tests that kill it. Started by startWaitroomProcess.ts.
import { createPostgresBus } from '@foyer/kafka';
import { createLog, createPool, type Identity } from '@foyer/platform';
import { createTestPlatform } from '@foyer/platform/testing';
import { createWaitroom } from '../subgraph.js';

async function main(databaseUrl: string, busUrl: string): Promise<void> {
  const log = createLog('waitroom', process.env['TEST_LOG_LEVEL'] ?? 'silent');
  const bus = await createPostgresBus({
    pool: createPool(busUrl, { max: 4, applicationName: 'test-bus' }),
    log,
  });
  const platform = createTestPlatform({
    environment: { WAITROOM_JOINS_PER_MINUTE: '1000000', WAITROOM_JOINS_PER_PERSON_PER_MINUTE: '1000' },
  });
  const context = {
    ...platform.contextFor('waitroom'),
    log,
    // The test is believed: the signed identity has its own tests.
    identities: { verify: async (token: string) => JSON.parse(token) as Identity },
  };
  const subgraph = await createWaitroom({ context, bus, databaseUrl });
  await subgraph.start();
  process.send?.(await subgraph.listen('127.0.0.1', 0));
}

// Whoever started it is gone, and nobody else would end it.
process.on('disconnect', () => process.exit(1));

const [databaseUrl = '', busUrl = ''] = process.argv.slice(2);
void main(databaseUrl, busUrl);
