import { createPool } from '@foyer/platform';
import { rebuildProjection, type RebuildStep } from '../rebuildProjection.js';
import { tally } from './tally.js';

/** The program that `spawnRebuild` starts: rebuilds the tally, and hangs for ever at a step. */
async function main(): Promise<void> {
  const [url = '', publisher = '', hangAt = ''] = process.argv.slice(2);
  const open = (of: string) => createPool(of, { max: 2, applicationName: 'foyer-rebuild' });
  const hang = async (step: RebuildStep): Promise<void> => {
    if (step !== hangAt) return;
    process.stdout.write('reached\n');
    await new Promise(() => undefined);
  };
  await rebuildProjection({
    projection: tally,
    pool: open(url),
    open: async () => open(publisher),
    onStep: hang,
  });
}

void main();
