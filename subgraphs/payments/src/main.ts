import { runSubgraphProcess } from '@foyer/kafka';
import { findPendingMigrations } from '@foyer/prisma';
import { createPayments } from './subgraph.js';

void runSubgraphProcess('payments', createPayments, findPendingMigrations);
