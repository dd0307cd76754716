const { dataDirectory, removeLeftovers } = require('./testPostgres');

/** Starts one Postgres for all suites, unless FOYER_TEST_POSTGRES_URL names one or FOYER_TEST_POSTGRES=none wants none. */
module.exports = async () => {
  if (process.env.FOYER_TEST_POSTGRES_URL !== undefined || process.env.FOYER_TEST_POSTGRES === 'none') {
    return;
  }
  const { startEmbeddedPostgres, TEST_SETTINGS } = require('../../platform/dist/postgres');
  await removeLeftovers();
  const server = await startEmbeddedPostgres({
    dataDirectory,
    settings: { ...TEST_SETTINGS, max_connections: 500 },
    log: (message) => console.warn(message),
  });
  process.env.FOYER_TEST_POSTGRES_URL = server.adminUrl;
  globalThis.foyerTestPostgres = server;
};
