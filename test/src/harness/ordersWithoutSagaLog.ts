import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/**
 * Orders as it would be with a log of its sagas that does nothing: what is written there is never found again. The
 * negative control of the tests that kill processes.
 */
const load = createRequire(resolve(__dirname, '../../../subgraphs/orders/dist/main.js'));
const log = load('./store/sagas.js') as { claimSagas: () => Promise<readonly []> };
log.claimSagas = () => Promise.resolve([]);
load('./main.js');
