export { createInventory, type InventoryOptions } from './subgraph.js';
