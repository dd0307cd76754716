import { runSubgraphProcess } from '@foyer/kafka';
import { findPendingMigrations } from '@foyer/prisma';
import { createOrders } from './subgraph.js';

void runSubgraphProcess('orders', createOrders, findPendingMigrations);
