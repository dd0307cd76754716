export { createUsers, type UsersOptions } from './subgraph.js';
