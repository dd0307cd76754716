import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RebuildStep } from '../rebuildProjection.js';

/** Starts a rebuild of the tally in a process of its own, and kills it (SIGKILL) at a step. Resolves when it is gone. */
export async function killRebuildAt(step: RebuildStep, url: string, publisher: string): Promise<void> {
  const child = spawn(process.execPath, [join(__dirname, 'rebuildProcess.js'), url, publisher, step], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const reached = once(createInterface({ input: child.stdout }), 'line').then(() => 'reached');
  const first = await Promise.race([reached, exited.then(() => 'ended')]);
  child.kill('SIGKILL');
  await exited;
  if (first === 'ended') throw new Error(`the rebuild ended before it came to "${step}"`);
}
