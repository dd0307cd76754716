import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/**
 * Inventory as it would be without its lock: the negative control of the tests against overselling. The module that takes
 * the locks is replaced before anything else is loaded.
 */
const load = createRequire(resolve(__dirname, '../../../subgraphs/inventory/dist/main.js'));
const locks = load('./store/lockOffers.js') as { lockOffers: () => Promise<void> };
locks.lockOffers = () => Promise.resolve();
load('./main.js');
