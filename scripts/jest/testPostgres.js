// Each run of the tests has a Postgres of its own in .foyer/test-postgres/<process id>, gone when the run ends.
const { existsSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const FOLDER = join(__dirname, '..', '..', '.foyer', 'test-postgres');

/** Where the run of this process keeps its data. */
exports.dataDirectory = join(FOLDER, String(process.pid));

/** Stops and removes what killed runs have left; those of living processes stay. */
exports.removeLeftovers = async () => {
  const { removeEmbeddedPostgres } = require('../../platform/dist/postgres');
  const { isAlive } = require('../../platform/dist/postgres/processes');
  for (const run of existsSync(FOLDER) ? readdirSync(FOLDER) : []) {
    if (!isAlive(Number(run))) {
      await removeEmbeddedPostgres(join(FOLDER, run));
    }
  }
  // The tests of embedded Postgres itself start servers of their own (embedded.test.ts).
  for (const name of readdirSync(tmpdir())) {
    const owner = /^foyer-postgres-(\d+)-/.exec(name);
    if (owner !== null && !isAlive(Number(owner[1]))) {
      await removeEmbeddedPostgres(join(tmpdir(), name, 'data'));
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
};
