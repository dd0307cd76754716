import { dirname, join } from 'node:path';
import type { ProcessName } from '@foyer/platform';

/** The file that runs a process alone. */
export function mainOf(name: ProcessName): string {
  return join(dirname(require.resolve(`@foyer/${name}`)), 'main.js');
}
