import { runSubgraphProcess } from '@foyer/kafka';
import { findPendingMigrations } from '@foyer/prisma';
import { createUsers } from './subgraph.js';

void runSubgraphProcess('users', createUsers, findPendingMigrations);
