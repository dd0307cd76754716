// `npm run check`: types, lint, format, schema, events, and the tests that need no engine, in under a minute.
import { requireNodeVersion } from './nodeVersion.mjs';

requireNodeVersion();
// Loaded later, so that an old Node gets to say its message before it meets syntax that it does not know.
import('./runTests.mjs').then(({ runCheck }) => runCheck());
