// Chooses tests by what they use; see importGraph.mjs.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { ROOT, statePath } from '../paths.mjs';
import { SetUpError } from '../report.mjs';
import { readImportGraph, reachableFrom } from './importGraph.mjs';

/** What starts an engine (Postgres, Redis, Kafka, a browser) or another process, or asks for the tests' Postgres. */
const ENGINE = /'node:child_process'|FOYER_TEST_POSTGRES_URL/;
/** One purchase through the endpoint. */
export const ONE_PURCHASE = join(ROOT, 'test/src/e2e/ticketPurchase.test.ts');
/** What `--changed` may take, of the seconds that the tests took the last time. */
const CHANGED_SECONDS = 90;
const UNKNOWN_SECONDS = 4;

/** The tests that need no engine. @returns sources by absolute path */
export function unitTests(graph = readImportGraph()) {
  const engines = new Set([...graph.keys()].filter((file) => ENGINE.test(readFileSync(file, 'utf8'))));
  return testsOf(graph).filter(
    (test) => ![...reachableFrom(test, graph).keys()].some((file) => engines.has(file)),
  );
}

/**
 * The tests that use a file which has changed since a revision, the nearest to the change first, as many as fit into two
 * minutes; those that start whole systems (`test/`) only when they themselves have changed, and one purchase for all.
 * @param revision what `git diff` takes; HEAD means what is not committed yet
 * @returns `tests`, sources by absolute path, and `left`, how many more use what has changed
 */
export function changedTests(revision) {
  const graph = readImportGraph();
  const changed = new Set(changedFiles(revision));
  const durations = readDurations();
  const touched = testsOf(graph)
    .map((test) => {
      const distances = [...reachableFrom(test, graph)]
        .filter(([file]) => changed.has(file))
        .map(([, steps]) => steps);
      return { test, steps: Math.min(...distances), seconds: durations[test] ?? UNKNOWN_SECONDS };
    })
    .filter(({ steps }) => steps !== Infinity)
    .sort((one, other) => one.steps - other.steps || one.seconds - other.seconds);
  const chosen = [];
  let seconds = 0;
  for (const each of touched) {
    const near = !isWholeSystem(each.test) || each.steps <= 1 || each.test === ONE_PURCHASE;
    if (near && seconds + each.seconds <= CHANGED_SECONDS) {
      chosen.push(each.test);
      seconds += each.seconds;
    }
  }
  return { tests: chosen, left: touched.length - chosen.length };
}

/** Keeps how long the tests of a run took, for `changedTests`. @param results as Jest writes them with `--json` */
export function keepDurations(results) {
  const durations = readDurations();
  for (const { name, startTime, endTime } of results.testResults) {
    durations[name.replace('/dist/', '/src/').replace(/\.js$/, '.ts')] = (endTime - startTime) / 1000;
  }
  writeFileSync(statePath('test-durations.json'), JSON.stringify(durations));
}

/** Jest's patterns for tests: they run on the compiled output. */
export function patternsFor(tests) {
  return tests.map((test) =>
    relative(ROOT, test).replace('/src/', '/dist/').replace(/\.ts$/, '\\.js$').replaceAll('/', '\\/'),
  );
}

function readDurations() {
  const file = statePath('test-durations.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function testsOf(graph) {
  return [...graph.keys()].filter((file) => file.endsWith('.test.ts'));
}

/**
 * Jest's arguments with patterns of sources made patterns of the compiled output, where tests run: `gateway/src/limits` finds
 * what `gateway/dist/limits` does.
 */
export function onCompiled(jestArguments) {
  return jestArguments.map((argument) =>
    /^-|\s/.test(argument)
      ? argument
      : argument.replace(/^(.*\/)?src(?=\/|$)/, '$1dist').replace(/\.ts$/, '.js'),
  );
}

function isWholeSystem(test) {
  return test.startsWith(join(ROOT, 'test', '/'));
}

function changedFiles(revision) {
  const git = (...args) =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);
  try {
    return [
      ...git('diff', '--name-only', revision),
      ...git('ls-files', '--others', '--exclude-standard'),
    ].map((file) => join(ROOT, file));
  } catch (error) {
    throw new SetUpError(`--changed needs git, and a revision that it knows: ${error.message}`);
  }
}
