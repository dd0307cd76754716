export { SAGA_COMMIT_POINTS, type CommitPoint } from './domain/sagas.js';
export type { CommitObserver } from './store/commitPoints.js';
export { createOrders, type OrdersOptions } from './subgraph.js';
