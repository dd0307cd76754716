import { createRemoteSubgraph, type RemoteSubgraph } from '../harness/remoteSubgraph.js';
import { startTestSystem } from '../harness/startTestSystem.js';
import { describeSubgraphDown } from './suites/subgraphDown.js';

describeSubgraphDown(async (overrides) => {
  const remote = new Map<string, RemoteSubgraph>();
  const system = await startTestSystem(overrides, {
    async factories(variables) {
      const [inventory, payments] = (await Promise.all(
        (['inventory', 'payments'] as const).map((name) =>
          createRemoteSubgraph({ name, variables, processes: 1 }),
        ),
      )) as [RemoteSubgraph, RemoteSubgraph];
      remote.set('inventory', inventory).set('payments', payments);
      return { inventory: inventory.factory, payments: payments.factory };
    },
  });
  return {
    ...system,
    down: async (name) => remote.get(name)?.kill(),
    up: async (name) => remote.get(name)?.start(),
  };
});
