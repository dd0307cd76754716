// The image's HEALTHCHECK: `node system/dist/healthcheck.js` ends with status 0 when the process of its container is ready.
import { Environment, portOf, PROCESS_NAMES } from '@foyer/platform';
import { askReady } from './distributed/askReady.js';

async function main(): Promise<void> {
  const environment = new Environment();
  const scheme = environment.optional('FOYER_TLS_CERT') === undefined ? 'http' : 'https';
  // A container runs one process, so one of the ports answers. Its certificate is for its name, not for the loopback.
  const answers = await Promise.all(
    PROCESS_NAMES.map(async (name) => {
      const answer = await askReady(`${scheme}://127.0.0.1:${portOf(environment, name)}`, {
        rejectUnauthorized: false,
      });
      return { name, ...answer };
    }),
  );
  if (answers.some(({ ready }) => ready)) return;
  for (const { name, detail } of answers) console.error(`${name}: ${detail}`);
  process.exitCode = 1;
}

void main();
