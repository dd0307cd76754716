import type { Environment } from '@foyer/platform';
import { DEFAULT_PARTITIONS } from './postgres/createPostgresBus.js';

/** `BUS_PARTITIONS`, the number of partitions of each topic: fixed once the topics exist. */
export function readPartitions(environment: Environment): number {
  return environment.integer('BUS_PARTITIONS', DEFAULT_PARTITIONS, { minimum: 1, maximum: 256 });
}
