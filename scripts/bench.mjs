// `npm run bench`: sets up, runs all benchmarks and writes docs/benchmarks.md. `npm run bench -- holds start` runs
// those alone; `--trial` measures shortly and writes nothing down.
import { requireNodeVersion } from './nodeVersion.mjs';

requireNodeVersion();
// Loaded later, so that an old Node gets to say its message before it meets syntax that it does not know.
import('./runBench.mjs').then(({ runBench }) => runBench(process.argv.slice(2)));
