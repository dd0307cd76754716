import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { CloudEvent, EventHandler, StoreTransaction } from '@foyer/kafka';

/**
 * The waiting room as it would be with an inbox that does nothing: every message is handled as if it were the first. The
 * negative control of the tests that repeat messages.
 */
const root = resolve(__dirname, '../../..');
const inbox = createRequire(resolve(root, 'kafka/dist/index.js'))('./inbox/applyEvent.js') as {
  applyEvent: (
    event: CloudEvent,
    handlers: readonly EventHandler[],
    group: string | null,
    transaction: StoreTransaction<unknown>,
  ) => Promise<'handled'>;
};
inbox.applyEvent = async (event, handlers, _, transaction) => {
  for (const handler of handlers) {
    await transaction((client, sql) => handler.handle(event, { client, sql }));
  }
  return 'handled';
};
createRequire(resolve(root, 'subgraphs/waitroom/dist/main.js'))('./main.js');
