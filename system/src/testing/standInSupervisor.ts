// A supervisor of stand-ins, for tests that kill it: its arguments are its folder, and what the stand-ins do.
import { createLog } from '@foyer/platform';
import { startStandIns } from './startStandIns.js';

const [folder = '', behaviour = ''] = process.argv.slice(2);
void startStandIns(folder, createLog('test', 'silent'), behaviour).then(({ processes }) =>
  process.send?.(processes.map(({ pid }) => pid)),
);
