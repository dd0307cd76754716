export { createCatalog, type CatalogOptions } from './subgraph.js';
