import { resolve } from 'node:path';
import { eventDefinitions } from '../contracts/eventDefinitions.js';
import { runEventsCheck } from './runEventsCheck.js';

/** The repository's root: this file is kafka/dist/compatibility/cli.js. */
const ROOT = resolve(__dirname, '../../..');

/** `npm run events:check`. Exit status 1 when a change of the contracts would break somebody, or is not recorded. */
function main(): void {
  try {
    process.exitCode = runEventsCheck(process.argv.slice(2), {
      root: ROOT,
      definitions: eventDefinitions,
      say: (line) => process.stdout.write(`${line}\n`),
    });
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\nnpm run events:check -- [--base REF] [--record]\n`,
    );
    process.exitCode = 1;
  }
}

main();
