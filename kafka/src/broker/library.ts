import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIBRARY, POM } from './places.js';

/** In a folder of jars: what they were fetched for. */
export const STAMP = 'pom.sha256';

/** Stands for the set of jars that kafka/broker/pom.xml names. */
export function wantedStamp(): string {
  return createHash('sha256').update(readFileSync(POM)).digest('hex');
}

/** Whether the jars are here, and those that the pom names now. */
export function isFetched(): boolean {
  const file = join(LIBRARY, STAMP);
  return existsSync(file) && readFileSync(file, 'utf8') === wantedStamp();
}
