import { runSubgraphProcess } from '@foyer/kafka';
import { findPendingMigrations } from '@foyer/prisma';
import { createNotifications } from './subgraph.js';

void runSubgraphProcess('notifications', createNotifications, findPendingMigrations);
