import { createLog } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import { createLoop } from './createLoop.js';

const log = createLog('test', 'silent');

describe('createLoop', () => {
  test('many wake-ups during a run make one more run', async () => {
    let runs = 0;
    const loop = createLoop({
      name: 'test',
      run: async () => {
        runs += 1;
      },
      log,
    });
    loop.wake();
    loop.wake();
    loop.wake();
    await loop.settled();
    expect(runs).toBe(2);
    loop.wake();
    await loop.settled();
    expect(runs).toBe(3);
  });

  test('does not run while it may not, and does when it may', async () => {
    let may = false;
    let runs = 0;
    const loop = createLoop({
      name: 'test',
      mayRun: () => may,
      run: async () => {
        runs += 1;
      },
      log,
    });
    loop.wake();
    await loop.settled();
    expect(runs).toBe(0);
    may = true;
    loop.wake();
    await loop.settled();
    expect(runs).toBe(1);
  });

  test('runs again after a failure, without being woken', async () => {
    let runs = 0;
    const loop = createLoop({
      name: 'test',
      run: async () => {
        runs += 1;
        if (runs < 3) throw new Error('no');
      },
      log,
    });
    loop.wake();
    await waitUntil(() => runs === 3);
    await loop.stop();
  });

  test('stop waits for the run and lets no other begin', async () => {
    let runs = 0;
    const loop = createLoop({
      name: 'test',
      run: async () => {
        runs += 1;
        loop.wake();
        await new Promise((resolve) => setImmediate(resolve));
        if (runs > 1) throw new Error('no');
      },
      log,
    });
    loop.wake();
    await loop.stop();
    loop.wake();
    await loop.settled();
    expect(runs).toBe(1);
  });
});
