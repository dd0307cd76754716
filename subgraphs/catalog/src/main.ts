import { runSubgraphProcess } from '@foyer/kafka';
import { createCatalog } from './subgraph.js';

void runSubgraphProcess('catalog', createCatalog);
