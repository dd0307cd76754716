// The people of a benchmark, in a process of their own: what they cost is not the system's. Started by startLoad.ts.
import type { LoadOrder } from './loadOrder.js';
import { runLoad } from './runLoad.js';

process.on('message', (order: LoadOrder) => {
  runLoad(order).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
// The benchmark stops us; a signal of the terminal goes to it too.
process.on('SIGINT', () => undefined);
