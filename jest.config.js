// Tests run on the compiled output: what is tested is what is shipped, and nothing is compiled twice.
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const packages = [
  ...readdirSync(__dirname),
  ...readdirSync(join(__dirname, 'subgraphs')).map((name) => join('subgraphs', name)),
];

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  roots: ['scripts', ...packages.map((name) => join(name, 'dist'))]
    .map((folder) => join(__dirname, folder))
    .filter((folder) => existsSync(folder)),
  testMatch: ['**/*.test.js'],
  transform: {},
  testEnvironment: join(__dirname, 'scripts', 'jest', 'sharedRealmEnvironment.js'),
  runtime: join(__dirname, 'scripts', 'jest', 'onceLoadedPackages.js'),
  // Against hanging alone: how long something takes is never tested, and the machine may be busy.
  testTimeout: 600_000,
  // As many as the machine that they are made for has cores: more starve each other, and what takes too long is done twice.
  maxWorkers: 2,
  watchman: false,
  cacheDirectory: join(__dirname, '.foyer', 'jest'),
  snapshotResolver: join(__dirname, 'scripts', 'jest', 'snapshotResolver.js'),
  globalSetup: join(__dirname, 'scripts', 'jest', 'startPostgres.js'),
  globalTeardown: join(__dirname, 'scripts', 'jest', 'stopPostgres.js'),
};
