// Each run of the tests has a Postgres of its own in .foyer/test-postgres/<process id>, gone when the run ends.
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '..', '..', '.foyer', 'test-postgres');

/** Where the run of this process keeps its data. */
exports.dataDirectory = join(FOLDER, String(process.pid));

/** Stops and removes what killed runs have left; those of living processes stay. */
exports.removeLeftovers = async () => {
  const { removeEmbeddedPostgres } = require('../../platform/dist/postgres');
  for (const run of existsSync(FOLDER) ? readdirSync(FOLDER) : []) {
    await removeEmbeddedPostgres(join(FOLDER, run)).catch((error) => {
      if (!/is in use by process/.test(error.message)) {
        throw error;
      }
    });
  }
};
