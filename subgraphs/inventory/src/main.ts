import { runSubgraphProcess } from '@foyer/kafka';
import { findPendingMigrations } from '@foyer/prisma';
import { createInventory } from './subgraph.js';

void runSubgraphProcess('inventory', createInventory, findPendingMigrations);
