// Test files run in the realm of their worker, one after the other, so that the packages they need are loaded once per
// worker (see onceLoadedPackages.js) and stay compiled: a class of a package is the same class for every test file.
// What a test file leaves on the global object, on `process` or in its environment variables is put back after it.
const vm = require('node:vm');
const { ModuleMocker } = require('jest-mock');

/** Stands for a context of `node:vm`: what Jest compiles for it is compiled for this realm. */
const THIS_REALM = {};

const { compileFunction } = vm;
vm.compileFunction = (code, parameters, options) =>
  options?.parsingContext === THIS_REALM
    ? compileFunction(code, parameters, {
        filename: options.filename,
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      })
    : compileFunction(code, parameters, options);

/** What Jest's own code reads by these names, and defines for each environment. */
function defineJestGlobals() {
  const fs = require('node:fs');
  const values = {
    [Symbol.for('jest-native-promise')]: Promise,
    [Symbol.for('jest-native-now')]: Date.now.bind(Date),
    [Symbol.for('jest-native-read-file')]: fs.readFileSync.bind(fs),
    [Symbol.for('jest-native-write-file')]: fs.writeFileSync.bind(fs),
    [Symbol.for('jest-native-exists-file')]: fs.existsSync.bind(fs),
    'jest-symbol-do-not-touch': Symbol,
  };
  for (const key of Reflect.ownKeys(values)) {
    Object.defineProperty(globalThis, key, { value: values[key], configurable: true });
  }
}

/** Gives a function that puts an object's present properties back to what they are now. */
function remember(target) {
  const before = Object.getOwnPropertyDescriptors(target);
  return () => {
    for (const key of Reflect.ownKeys(before)) {
      const now = Object.getOwnPropertyDescriptor(target, key);
      if (now === undefined || now.value !== before[key].value || now.get !== before[key].get) {
        Object.defineProperty(target, key, before[key]);
      }
    }
  };
}

/** Removes what Jest keeps of one test file on the global object. What packages keep there stays: so do they. */
function removeJestState() {
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (/^(\$\$jest|JEST_|EVENT_HANDLERS$)/.test(key.description ?? '')) {
      delete globalThis[key];
    }
  }
}

function removeNewVariables(before) {
  for (const name of Object.keys(process.env)) {
    if (!before.has(name)) {
      delete process.env[name];
    }
  }
}

/** Gives a function that removes the listeners that were added to an emitter since. */
function rememberListeners(emitter) {
  const before = new Map(emitter.eventNames().map((name) => [name, new Set(emitter.rawListeners(name))]));
  return () => {
    for (const name of emitter.eventNames()) {
      for (const listener of emitter.rawListeners(name)) {
        if (before.get(name)?.has(listener) !== true) {
          emitter.removeListener(name, listener);
        }
      }
    }
  };
}

/** Jest's test environment; see the top of this file. */
module.exports = class SharedRealmEnvironment {
  constructor() {
    const exit = process.exit;
    const variables = new Set(Object.keys(process.env));
    this.restores = [
      remember(globalThis),
      remember(process.env),
      rememberListeners(process),
      removeJestState,
      () => removeNewVariables(variables),
      () => {
        process.exit = exit;
      },
    ];
    this.global = globalThis;
    defineJestGlobals();
    this.moduleMocker = new ModuleMocker(globalThis);
    // Time is injected here, never faked.
    this.fakeTimers = null;
    this.fakeTimersModern = null;
  }

  async setup() {}

  async teardown() {
    this.moduleMocker.restoreAllMocks();
    for (const restore of this.restores) {
      restore();
    }
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return THIS_REALM;
  }
};
