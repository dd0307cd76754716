import { createLog, Environment } from '@foyer/platform';
import { startSystem } from '@foyer/system';
import { mortalOrders, runMortalPart } from './mortalPart.js';
import { subgraphAt } from './subgraphAt.js';

/** The whole system, in a process that dies where it is told to. */
runMortalPart((variables, inventoryAt) =>
  startSystem({
    environment: new Environment(variables),
    log: createLog('test', process.env['TEST_LOG'] ?? 'silent'),
    factories: {
      orders: mortalOrders,
      ...(inventoryAt && {
        inventory: ({ context }) =>
          Promise.resolve(subgraphAt('inventory', inventoryAt, context.environment)),
      }),
    },
  }),
);
