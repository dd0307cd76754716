// Tests run in dist/, which is not committed: their snapshots stand beside the sources.
const { sep } = require('node:path');

const inSource = (path) => path.replace(`${sep}dist${sep}`, `${sep}src${sep}`);
const inOutput = (path) => path.replace(`${sep}src${sep}`, `${sep}dist${sep}`);

module.exports = {
  resolveSnapshotPath: (testPath, extension) => inSource(testPath).replace(/\.js$/, `.ts${extension}`),
  resolveTestPath: (snapshotPath, extension) =>
    inOutput(snapshotPath.slice(0, -extension.length)).replace(/\.ts$/, '.js'),
  testPathForConsistencyCheck: `a${sep}dist${sep}b.test.js`,
};
