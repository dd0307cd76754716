const { dataDirectory } = require('./testPostgres');

module.exports = async () => {
  const { removeEmbeddedPostgres } = require('../../platform/dist/postgres');
  if (globalThis.foyerTestPostgres !== undefined) {
    await globalThis.foyerTestPostgres.stop();
    await removeEmbeddedPostgres(dataDirectory);
  }
};
