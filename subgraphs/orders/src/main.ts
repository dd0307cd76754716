import { runSubgraphProcess } from '@foyer/kafka';
import { createOrders } from './subgraph.js';

void runSubgraphProcess('orders', createOrders);
