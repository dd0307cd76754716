import { findOnPath } from '../process/findOnPath.js';

/** Whether `redis-server` is on the search path of this machine. */
export function redisAvailable(): boolean {
  return findOnPath('redis-server') !== null;
}
