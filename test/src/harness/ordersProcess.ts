import { runSubgraphProcess } from '@foyer/kafka';
import { findPendingMigrations } from '@foyer/prisma';
import { mortalOrders, runMortalPart } from './mortalPart.js';

/** Orders alone, in a process that dies where it is told to. */
runMortalPart((variables) => {
  Object.assign(process.env, variables);
  return runSubgraphProcess('orders', mortalOrders, findPendingMigrations);
});
