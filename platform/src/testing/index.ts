export { requireEngine } from './engines.js';
