import { appendFileSync } from 'node:fs';

/** Names a file in which `npm test` collects the engines that tests went without. */
const SKIPPED_FILE = 'FOYER_SKIPPED_ENGINES_FILE';

/**
 * For suites that need a real engine: gives the `describe` to use, the real one when the engine is there.
 * Otherwise the suite is skipped and `npm test` reports the engine's name at its end; where
 * FOYER_REQUIRE_ENGINES is 1 it throws instead, so that the suite fails.
 *
 *     requireEngine('Chromium', findChromium() !== null)('the pay page', () => { … });
 *
 * @param name as people call it, e.g. `Chromium`
 * @param available whether it can be started on this machine
 */
export function requireEngine(name: string, available: boolean): jest.Describe {
  if (available) {
    return describe;
  }
  if (process.env['FOYER_REQUIRE_ENGINES'] === '1') {
    throw new Error(`${name} is not on this machine, and FOYER_REQUIRE_ENGINES=1 forbids to skip its tests.`);
  }
  const file = process.env[SKIPPED_FILE];
  if (file !== undefined) {
    appendFileSync(file, `${name}\n`);
  }
  return describe.skip;
}
