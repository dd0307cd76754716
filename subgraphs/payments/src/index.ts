export type { LedgerReport, LedgerSums } from './store/checkLedger.js';
export { checkLedger } from './store/checkLedger.js';
export { createPayments, type PaymentsOptions } from './subgraph.js';
