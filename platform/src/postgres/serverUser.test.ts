import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { canReach } from './serverUser.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-reach-'));
  mkdirSync(join(folder, 'inner'));
  chmodSync(folder, 0o755);
});

afterEach(() => rmSync(folder, { recursive: true }));

const stranger = { name: 'stranger', uid: 4_000_000, gid: 4_000_000 };

test('an open folder can be reached', () => {
  expect(canReach(stranger, join(folder, 'inner'))).toBe(true);
});

test('a folder below a closed one cannot', () => {
  chmodSync(folder, 0o700);
  expect(canReach(stranger, join(folder, 'inner'))).toBe(false);
});

test('entering is not enough for the folder itself, which must be read', () => {
  chmodSync(join(folder, 'inner'), 0o711);
  expect(canReach(stranger, join(folder, 'inner'))).toBe(false);
});

test("the owner and the group have their own bits, even when others' allow more", () => {
  const { uid, gid } = statSync(folder);
  chmodSync(folder, 0o075);
  expect(canReach({ name: 'owner', uid, gid }, folder)).toBe(false);
  expect(canReach({ name: 'group', uid: 4_000_000, gid }, folder)).toBe(true);
  expect(canReach(stranger, folder)).toBe(true);
});
