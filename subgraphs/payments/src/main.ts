import { runSubgraphProcess } from '@foyer/kafka';
import { createPayments } from './subgraph.js';

void runSubgraphProcess('payments', createPayments);
