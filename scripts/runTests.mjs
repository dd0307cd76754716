import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { runChecks } from './checks.mjs';
import { findNewestNode, NEWEST_NODE } from './newestNode.mjs';
import { ROOT, statePath } from './paths.mjs';
import { SetUpError, step } from './report.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';
import {
  changedTests,
  keepDurations,
  ONE_PURCHASE,
  onCompiled,
  patternsFor,
  unitTests,
} from './tests/selectTests.mjs';

/** A test that would starve others that run beside it, and be starved: it goes by the clock. */
const ALONE = 'test/dist/chaos/chaos\\.test\\.js$';
/** `npm test -- --changed`, or `--changed=main`: what has changed since a revision, HEAD by default. */
const CHANGED = /^--changed(?:=(.+))?$/;

/** Runs the tests and sets the exit code: 0 when every check and test passed. */
export async function runTests(testArguments) {
  await tell(async () => {
    const [first] = testArguments;
    const changed = CHANGED.exec(first ?? '');
    if (changed !== null) {
      return runChanged(changed[1] ?? 'HEAD', onCompiled(testArguments.slice(1)));
    }
    return first === undefined ? runEverything() : runJest(onCompiled(testArguments));
  });
}

/** Runs what needs no engine: types, lint, format, schema, events, and unit tests. Sets the exit code. */
export async function runCheck() {
  await tell(async () => {
    const failed = await runChecks();
    const counts = await runJest(patternsFor(unitTests()), { env: WITHOUT_ENGINES });
    return sum([counts, { passed: 0, failed }]);
  });
}

/** Does the set-up, then the tests, and says how many passed and failed. */
async function tell(runAll) {
  // Ctrl-C reaches Jest too; we stay to stop its Postgres and to tell the result.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  let counts = { passed: 0, failed: 1 };
  try {
    await setUp();
    counts = await runAll();
  } catch (error) {
    console.error(error instanceof SetUpError ? error.message : error);
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

async function runEverything() {
  const failed = await runChecks();
  return sum([
    { passed: 0, failed },
    await runJest([`--testPathIgnorePatterns=/node_modules/|${ALONE}`]),
    await runJest([`--testPathPatterns=${ALONE}`, '--runInBand']),
    await runOnNewestNode(),
  ]);
}

async function runChanged(revision, jestArguments) {
  const { tests, left } = changedTests(revision);
  if (left > 0) {
    console.log(`${left} more test files use what has changed, farther away: npm test runs them.`);
  }
  if (tests.length === 0) {
    console.log('No test uses what has changed.');
    return { passed: 0, failed: 0 };
  }
  return runJest([...patternsFor(tests), ...jestArguments]);
}

/** Unit tests and one purchase on the newest Node as well. */
async function runOnNewestNode() {
  let node;
  try {
    node = await findNewestNode();
  } catch (error) {
    if (process.env.FOYER_REQUIRE_ENGINES === '1') {
      throw error;
    }
    console.log(`Skipped the tests on Node ${NEWEST_NODE}: ${error.message}`);
    return { passed: 0, failed: 0 };
  }
  if (node === process.execPath) {
    return { passed: 0, failed: 0 };
  }
  step(`Node ${NEWEST_NODE}: unit tests and a purchase`);
  return runJest(patternsFor([...unitTests(), ONE_PURCHASE]), { node });
}

/** See `scripts/jest/startPostgres.js`. */
const WITHOUT_ENGINES = { FOYER_TEST_POSTGRES: 'none' };

async function runJest(jestArguments, { node = process.execPath, env = {} } = {}) {
  step('Tests');
  const results = statePath(`jest-results-${process.pid}.json`);
  const skippedEngines = statePath(`skipped-engines-${process.pid}.txt`);
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const code = await run(
    node,
    [jest, '--ci', '--json', `--outputFile=${results}`, '--passWithNoTests=false', ...jestArguments],
    { env: { ...env, FOYER_SKIPPED_ENGINES_FILE: skippedEngines } },
  );
  // Jest's own tear-down did not run if it was killed.
  await createRequire(import.meta.url)('./jest/testPostgres.js').removeLeftovers();
  const counts = readCounts(results, code);
  reportSkipped(skippedEngines);
  rmSync(results, { force: true });
  rmSync(skippedEngines, { force: true });
  return counts;
}

/**
 * A suite that could not even run counts as a failed test, and so does a Jest that failed for another reason. What runs no
 * test (`--listTests`) writes no results.
 */
function readCounts(file, code) {
  const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  if (results?.testResults === undefined) {
    return { passed: 0, failed: code === 0 ? 0 : 1 };
  }
  keepDurations(results);
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return { passed: results.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

function sum(runs) {
  return {
    passed: runs.reduce((total, { passed }) => total + passed, 0),
    failed: runs.reduce((total, { failed }) => total + failed, 0),
  };
}

function reportSkipped(file) {
  const names = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  for (const name of new Set(names)) {
    console.log(`Skipped the tests that need ${name}, which is not on this machine.`);
  }
}
