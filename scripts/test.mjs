// `npm test`: sets up, checks types, lint, format and schema, and runs all tests. `npm test -- inventory` and
// `npm test -- gateway/src/limits` pass their arguments to Jest and do only that; `npm test -- --changed` runs what a change touches. The last line says how many
// tests passed and failed.
import { requireNodeVersion } from './nodeVersion.mjs';

requireNodeVersion();
// Loaded later, so that an old Node gets to say its message before it meets syntax that it does not know.
import('./runTests.mjs').then(({ runTests }) => runTests(process.argv.slice(2)));
