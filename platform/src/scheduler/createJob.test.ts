import { createLog } from '../log/createLog.js';
import { waitUntil } from '../testing/waitUntil.js';
import { createJob } from './createJob.js';

const log = createLog('test', 'silent');
const HOUR = 3_600_000;
const PATIENCE_MS = 5000;

describe('a job', () => {
  it('runs at once, when woken, and never twice at a time', async () => {
    let runs = 0;
    let running = 0;
    let most = 0;
    const job = createJob({
      name: 'test',
      everyMs: HOUR,
      log,
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        runs += 1;
      },
    });
    await job.start();
    await waitUntil(() => runs === 1, 'a run', PATIENCE_MS);
    for (let wake = 0; wake < 10; wake += 1) job.wake();
    await waitUntil(() => runs >= 2 && running === 0, 'another run', PATIENCE_MS);
    await job.stop();
    expect(most).toBe(1);
    expect(runs).toBeLessThanOrEqual(3);
  });

  it('goes on after a run that failed', async () => {
    let runs = 0;
    const job = createJob({
      name: 'test',
      everyMs: 1,
      log,
      run: () => {
        runs += 1;
        return runs === 1 ? Promise.reject(new Error('once')) : Promise.resolve();
      },
    });
    await job.start();
    await waitUntil(() => runs >= 3, 'more runs', PATIENCE_MS);
    await job.stop();
  });

  it('stops after the run in hand', async () => {
    let release: () => void = () => undefined;
    let finished = false;
    const job = createJob({
      name: 'test',
      everyMs: HOUR,
      log,
      run: async () => {
        await new Promise<void>((resolve) => (release = resolve));
        finished = true;
      },
    });
    await job.start();
    const stopped = job.stop();
    release();
    await stopped;
    expect(finished).toBe(true);
  });
});
