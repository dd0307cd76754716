import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { statePath } from './paths.mjs';

/** Whether the step `name` was last done for the inputs that `hash` stands for. */
export function isCurrent(name, hash) {
  const file = statePath(`${name}.stamp`);
  return existsSync(file) && readFileSync(file, 'utf8') === hash;
}

/** Notes that the step `name` is done for these inputs. */
export function markCurrent(name, hash) {
  writeFileSync(statePath(`${name}.stamp`), hash);
}
