import { runSubgraphProcess } from '@foyer/kafka';
import { createInventory } from './subgraph.js';

void runSubgraphProcess('inventory', createInventory);
