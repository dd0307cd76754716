import { runSubgraphProcess } from '@foyer/kafka';
import { findPendingMigrations } from '@foyer/prisma';
import { createCatalog } from './subgraph.js';

void runSubgraphProcess('catalog', createCatalog, findPendingMigrations);
