import { runSubgraphProcess } from '@foyer/kafka';
import { createNotifications } from './subgraph.js';

void runSubgraphProcess('notifications', createNotifications);
