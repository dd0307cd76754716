// `node scripts/image/fetch.mjs`: gets every dependency that the lockfile names into pnpm's store, and installs nothing.
import { findPnpm } from '../pnpm.mjs';
import { fail, SetUpError } from '../report.mjs';
import { run } from '../run.mjs';

async function fetchDependencies() {
  const code = await run(await findPnpm(), ['fetch']);
  if (code !== 0) {
    throw new SetUpError('The dependencies could not be fetched (see above). Is the registry reachable?');
  }
}

fetchDependencies().catch(fail);
