import { runSubgraphProcess } from '@foyer/kafka';
import { findPendingMigrations } from '@foyer/prisma';
import { createWaitroom } from './subgraph.js';

void runSubgraphProcess('waitroom', createWaitroom, findPendingMigrations);
