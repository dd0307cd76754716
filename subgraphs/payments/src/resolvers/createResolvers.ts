import type { Workbench } from '../operations/workbench.js';
import { mutations } from './mutations.js';
import { paymentFields } from './payment.js';
import { queries } from './queries.js';

/** The resolvers of the payments subgraph. */
export function createResolvers(bench: Workbench) {
  return { ...queries(bench.database), ...mutations(bench), Payment: paymentFields(bench.database) };
}
