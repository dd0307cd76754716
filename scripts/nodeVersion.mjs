// Runs on any Node that knows ES modules: nothing newer than ES2015 here, and no imports.

const LEAST = [20, 19, 0];

/** Ends the process with a message when Node is too old to go on. */
export function requireNodeVersion() {
  const version = process.versions.node.split('.').map(Number);
  for (let part = 0; part < LEAST.length; part += 1) {
    if (version[part] > LEAST[part]) {
      return;
    }
    if (version[part] < LEAST[part]) {
      console.error(
        'Foyer needs Node ' +
          LEAST.join('.') +
          ' or newer; this is ' +
          process.versions.node +
          '.\n' +
          'Get a newer one from https://nodejs.org/ and try again.',
      );
      process.exit(1);
    }
  }
}
