// `npm start`: installs and builds what is missing, then runs the whole system until Ctrl-C.
import { requireNodeVersion } from './nodeVersion.mjs';

requireNodeVersion();
// Loaded later, so that an old Node gets to say its message before it meets syntax that it does not know.
import('./startSystem.mjs').then(({ startSystem }) => startSystem());
