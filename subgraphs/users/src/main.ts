import { runSubgraphProcess } from '@foyer/kafka';
import { createUsers } from './subgraph.js';

void runSubgraphProcess('users', createUsers);
