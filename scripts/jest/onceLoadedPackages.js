// Packages that are not ours are loaded by Node itself, once per worker, and not by Jest for each test file.
// Ours are loaded anew for every file: they may hold state, and tests replace modules of them.
const { createRequire, isBuiltin } = require('node:module');
const { default: Runtime } = require('jest-runtime');

/** Jest gives these to a test file itself. */
const OF_JEST = /^(@jest\/|expect$|jest-)/;

module.exports = class OnceLoadedPackages extends Runtime {
  requireModuleOrMock(from, name) {
    if (isOtherPackage(name) && !isOtherPackageFile(from)) {
      return createRequire(from)(name);
    }
    return super.requireModuleOrMock(from, name);
  }
};

function isOtherPackage(name) {
  return !/^[./]|^@foyer\//.test(name) && !isBuiltin(name) && !OF_JEST.test(name);
}

/** Jest's own framework is loaded through here as well. */
function isOtherPackageFile(file) {
  return file.includes('/node_modules/');
}
