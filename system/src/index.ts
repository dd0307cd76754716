export { startSystem, type SubgraphFactory, type System, type SystemOptions } from './startSystem.js';
export type { ProcessExit } from './distributed/createSupervised.js';
export { DEFAULT_INSTANCES, type PlannedProcess } from './distributed/planProcesses.js';
export {
  startDistributed,
  type Distributed,
  type DistributedOptions,
  type DistributedProcess,
} from './distributed/startDistributed.js';
