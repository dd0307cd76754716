import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { runChecks } from './checks.mjs';
import { ROOT, statePath } from './paths.mjs';
import { SetUpError, step } from './report.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

/** A test that would starve others that run beside it, and be starved: it goes by the clock. */
const ALONE = 'test/dist/chaos/chaos\\.test\\.js$';

/** Runs the tests and sets the exit code: 0 when every check and test passed. */
export async function runTests(jestArguments) {
  // Ctrl-C reaches Jest too; we stay to stop its Postgres and to tell the result.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  try {
    await setUp();
  } catch (error) {
    console.error(error instanceof SetUpError ? error.message : error);
    conclude({ passed: 0, failed: 1 });
    return;
  }
  const failedChecks = jestArguments.length === 0 ? await runChecks() : 0;
  const runs =
    jestArguments.length === 0
      ? [[`--testPathIgnorePatterns=/node_modules/|${ALONE}`], [`--testPathPatterns=${ALONE}`, '--runInBand']]
      : [jestArguments];
  let [passed, failed] = [0, failedChecks];
  for (const each of runs) {
    const counts = await runJest(each);
    passed += counts.passed;
    failed += counts.failed;
  }
  conclude({ passed, failed });
}

function conclude({ passed, failed }) {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function runJest(jestArguments) {
  step('Tests');
  const results = statePath(`jest-results-${process.pid}.json`);
  const skippedEngines = statePath(`skipped-engines-${process.pid}.txt`);
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const code = await run(
    process.execPath,
    [jest, '--ci', '--json', `--outputFile=${results}`, '--passWithNoTests=false', ...jestArguments],
    { env: { FOYER_SKIPPED_ENGINES_FILE: skippedEngines } },
  );
  // Jest's own tear-down did not run if it was killed.
  await createRequire(import.meta.url)('./jest/testPostgres.js').removeLeftovers();
  const counts = readCounts(results, code);
  reportSkipped(skippedEngines);
  rmSync(results, { force: true });
  rmSync(skippedEngines, { force: true });
  return counts;
}

/** A suite that could not even run counts as a failed test, and so does a Jest that failed for another reason. */
function readCounts(file, code) {
  if (!existsSync(file)) {
    return { passed: 0, failed: 1 };
  }
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

function reportSkipped(file) {
  const names = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  for (const name of new Set(names)) {
    console.log(`Skipped the tests that need ${name}, which is not on this machine.`);
  }
}
