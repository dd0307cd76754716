import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { requireEngine } from './engines.js';

const VARIABLES = ['FOYER_REQUIRE_ENGINES', 'FOYER_SKIPPED_ENGINES_FILE'];
const before = VARIABLES.map((name) => process.env[name]);
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-engines-'));
  file = join(folder, 'skipped.txt');
  process.env['FOYER_SKIPPED_ENGINES_FILE'] = file;
  delete process.env['FOYER_REQUIRE_ENGINES'];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const [index, name] of VARIABLES.entries()) {
    const value = before[index];
    if (value === undefined) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- process.env knows no other way
      delete process.env[name];
    } else {
      process.env[name] = value;
    }
  }
});

test('an engine that is there has its suite run', () => {
  expect(requireEngine('Kafka', true)).toBe(describe);
});

test('one that is not is skipped and reported by its name', () => {
  expect(requireEngine('Kafka', false)).toBe(describe.skip);
  expect(readFileSync(file, 'utf8')).toBe('Kafka\n');
});

test('one that is not fails where engines are required', () => {
  process.env['FOYER_REQUIRE_ENGINES'] = '1';
  expect(() => requireEngine('Kafka', false)).toThrow(/Kafka is not on this machine/);
});
