import { queryable } from '@foyer/kafka';
import { createJob, type Component, type Log } from '@foyer/platform';
import type { WebhookFault } from '../providers/paymentProvider.js';
import { countRejections, type RejectionCount } from '../store/countRejections.js';
import type { PaymentsDatabase } from '../store/database.js';

/** Counts webhooks that were turned away. */
export interface RejectionCounter extends Component {
  note(provider: string, reason: WebhookFault): void;
}

const WRITE_INTERVAL_MS = 1000;

/**
 * Counts in memory and adds to the database once a second: whoever sends forged webhooks by the thousand writes one row.
 * A process that dies loses the last second's count.
 */
export function createRejectionCounter(database: PaymentsDatabase, log: Log): RejectionCounter {
  let counts = new Map<string, RejectionCount>();
  const write = async (): Promise<void> => {
    const taken = counts;
    if (taken.size === 0) return;
    counts = new Map();
    for (const each of taken.values()) log.warn(each, 'webhooks were turned away');
    try {
      await countRejections(queryable(database.pool), [...taken.values()]);
    } catch (error) {
      for (const each of taken.values()) add(each);
      throw error;
    }
  };
  const add = ({ provider, reason, count }: RejectionCount): void => {
    const key = `${provider} ${reason}`;
    counts.set(key, { provider, reason, count: (counts.get(key)?.count ?? 0) + count });
  };
  const job = createJob({ name: 'count of rejected webhooks', everyMs: WRITE_INTERVAL_MS, run: write, log });
  return {
    name: job.name,
    start: () => job.start(),
    async stop() {
      await job.stop();
      await write();
    },
    note(provider, reason) {
      add({ provider, reason, count: 1 });
    },
  };
}
