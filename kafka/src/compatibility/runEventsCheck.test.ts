import { Type } from '@sinclair/typebox';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEvent, type EventDefinition } from '../event/defineEvent.js';
import type { ContractRecord } from './contractRecord.js';
import { RECORD_FILE, runEventsCheck } from './runEventsCheck.js';

const made = (data: Parameters<typeof Type.Object>[0]): EventDefinition =>
  defineEvent({
    type: 'order.made',
    topic: 'order-events',
    aggregateType: 'order',
    version: 1,
    data: Type.Object(data),
  });
const first = made({ code: Type.String() });
const wider = made({ code: Type.String(), note: Type.Optional(Type.String()) });
const broken = made({ code: Type.Integer() });

let root: string;
let said: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'foyer-contracts-'));
  mkdirSync(join(root, 'kafka'));
});
afterEach(() => rmSync(root, { recursive: true }));

function check(definition: EventDefinition, ...args: readonly string[]): number {
  said = [];
  return runEventsCheck(args, { root, definitions: [definition], say: (line) => said.push(line) });
}

const read = (): ContractRecord =>
  JSON.parse(readFileSync(join(root, RECORD_FILE), 'utf8')) as ContractRecord;

const git = (...words: readonly string[]): unknown =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', ...words], {
    cwd: root,
    stdio: 'pipe',
  });

function commit(definition: EventDefinition): void {
  git('init', '-q', '-b', 'main');
  expect(check(definition, '--record')).toBe(0);
  git('add', '.');
  git('commit', '-q', '-m', 'contracts');
}

describe('without history', () => {
  test('the record is the base: what is added is to be recorded, what breaks is refused and not recorded', () => {
    expect(check(first)).toBe(1);
    expect(said.join('\n')).toMatch(/does not say what the contracts say/);
    expect(check(first, '--record')).toBe(0);
    expect(check(first)).toBe(0);
    expect(said).toEqual(['1 contracts, 0 problems; no earlier commit to compare with.']);

    expect(check(wider)).toBe(1);
    expect(check(wider, '--record')).toBe(0);
    expect(check(wider)).toBe(0);

    expect(check(first)).toBe(1);
    expect(said[0]).toMatch(/^order.made.v1: \/note the field is gone/);
    const recorded = read();
    expect(check(broken, '--record')).toBe(1);
    expect(read()).toEqual(recorded);
  });

  test('what somebody answers for may break', () => {
    check(first, '--record');
    check(broken);
    const change = said[0]?.split('\n')[0] ?? '';
    const record = { ...read(), accepted: [{ change, reason: 'no installation has published it' }] };
    writeFileSync(join(root, RECORD_FILE), JSON.stringify(record));
    expect(check(broken, '--record')).toBe(0);
    expect(check(broken)).toBe(0);
    expect(read().accepted).toHaveLength(1);
  });
});

describe('with history', () => {
  test('a record that was changed along with the contracts hides nothing', () => {
    commit(first);
    rmSync(join(root, RECORD_FILE));
    expect(check(broken, '--record')).toBe(1);
    expect(said[0]).toMatch(/^order.made.v1: \/code "string" became "integer"/);
    expect(said.at(-1)).toMatch(/compared with HEAD/);
  });

  test('another base can be named; one that is none is refused', () => {
    commit(first);
    git('tag', 'released');
    check(wider, '--record');
    git('commit', '-aqm', 'wider');
    expect(check(wider, '--base', 'released')).toBe(0);
    expect(said.at(-1)).toMatch(/compared with released/);
    expect(() => check(wider, '--base', 'nowhere')).toThrow(/nowhere is no commit here/);
    expect(() => check(wider, '--bse', 'x')).toThrow(/--bse/);
  });
});
