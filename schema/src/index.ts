export { MAX_COST } from './compose/maxCost.js';
export { readSupergraph } from './compose/readSupergraph.js';
export { SUBGRAPH_URLS } from './compose/subgraphs.js';
export { connectionFrom, type Connection } from './pages/connectionFrom.js';
export type { KeyKind, Position } from './pages/cursor.js';
export {
  MAXIMUM_FIRST,
  readPage,
  type Page,
  type PageArguments,
  type PageOptions,
} from './pages/readPage.js';
export { resolversFor } from './scalars/resolversFor.js';
export { sharedResolvers } from './scalars/sharedResolvers.js';
export { readSchema } from './subgraph/readSchema.js';
export { subgraphTypeDefs } from './subgraph/subgraphTypeDefs.js';
