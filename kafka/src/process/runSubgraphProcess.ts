import { runProcess, type SubgraphName } from '@foyer/platform';
import type { PendingMigrations } from './pendingMigrations.js';
import { prepareSubgraph, type SubgraphFactory } from './prepareSubgraph.js';

/**
 * Runs one subgraph as a process of its own, configured by the environment: `<NAME>_DATABASE_URL`, `KAFKA_BROKERS` or
 * `BUS_DATABASE_URL`, `FOYER_SECRET`, `<NAME>_PORT`, `<OTHER>_URL` where the others are, and what `runProcess` and the
 * subgraph itself name.
 */
export function runSubgraphProcess(
  name: SubgraphName,
  create: SubgraphFactory,
  pendingMigrations: PendingMigrations,
): Promise<void> {
  return runProcess({
    name,
    open: false,
    prepare: (base) => prepareSubgraph(base, { name, create, pendingMigrations }),
  });
}
