import { join, resolve } from 'node:path';

/** The repository's root: this file is kafka/dist/broker/places.js. */
const ROOT = resolve(__dirname, '../../..');

/** What Maven fetches, and in which version. */
export const POM = join(ROOT, 'kafka', 'broker', 'pom.xml');

/** What the broker writes to its log. */
export const LOG_CONFIGURATION = join(ROOT, 'kafka', 'broker', 'log4j2.properties');

/** Everything of the broker that is made at run time and may be deleted. */
export const STATE = join(ROOT, '.foyer', 'kafka');

/** The broker's jars, once fetched. */
export const LIBRARY = join(STATE, 'lib');
