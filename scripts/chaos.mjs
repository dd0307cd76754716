// `npm run chaos -- --minutes M --seed S`: sets up, and runs the distributed system while people buy and everything is
// killed, stopped and confused (docs/chaos.md). Exit status 0 only when every invariant held.
import { requireNodeVersion } from './nodeVersion.mjs';

requireNodeVersion();
// Loaded later, so that an old Node gets to say its message before it meets syntax that it does not know.
import('./runChaos.mjs').then(({ runChaos }) => runChaos(process.argv.slice(2)));
