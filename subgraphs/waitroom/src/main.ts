import { runSubgraphProcess } from '@foyer/kafka';
import { createWaitroom } from './subgraph.js';

void runSubgraphProcess('waitroom', createWaitroom);
