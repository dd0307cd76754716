// `npm run start:distributed`: installs and builds what is missing, then runs every subgraph and the gateway as processes
// of their own, on Postgres, Redis and Apache Kafka of this machine, until Ctrl-C.
import { requireNodeVersion } from './nodeVersion.mjs';

requireNodeVersion();
// Loaded later, so that an old Node gets to say its message before it meets syntax that it does not know.
import('./startSystem.mjs').then(({ startSystem }) => startSystem('distributed/main.js'));
