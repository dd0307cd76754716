export { startSystem, type SubgraphFactory, type System, type SystemOptions } from './startSystem.js';
