import { ManualClock } from '../clock/clock.js';
import { createLog, type Log } from '../log/createLog.js';
import { createMetrics } from '../metrics/createMetrics.js';
import { waitUntil } from '../testing/waitUntil.js';
import { createBackOff } from './createBackOff.js';
import { createJob } from './createJob.js';

const FIVE_MINUTES = 300_000;

function setUp() {
  const clock = new ManualClock();
  const metrics = createMetrics();
  const said: { readonly item: string; readonly tries: number; readonly restMs: number }[] = [];
  const log = { error: (fields: (typeof said)[number]) => said.push(fields) } as unknown as Log;
  const items = createBackOff({ job: 'test', clock, log, metrics });
  const shown = async (): Promise<string | undefined> =>
    (await metrics.text()).split('\n').find((line) => line.startsWith('foyer_items_resting{'));
  return { clock, metrics, said, items, shown };
}

const fail = (): Promise<never> => Promise.reject(new Error('poison'));

describe('a back-off', () => {
  it('lets an item that fails rest for longer each time, says so once a try, and forgets it when it succeeds', async () => {
    const { clock, said, items } = setUp();
    let tries = 0;
    const attempt = (work: () => Promise<unknown>) =>
      items.attempt('bad', () => {
        tries += 1;
        return work();
      });
    let restMs = 1000;
    for (let round = 1; round <= 12; round += 1) {
      await attempt(fail);
      expect(said.at(-1)).toMatchObject({ item: 'bad', tries: round, restMs });
      clock.advance(restMs - 1);
      await attempt(fail);
      expect(tries).toBe(round);
      expect(items.resting()).toEqual(['bad']);
      clock.advance(1);
      expect(items.resting()).toEqual([]);
      restMs = Math.min(restMs * 2, FIVE_MINUTES);
    }
    expect(said).toHaveLength(12);
    expect(items.failureOf('bad')).toMatchObject({ message: 'poison' });
    await attempt(() => Promise.resolve());
    expect(items.failureOf('bad')).toBeUndefined();
    await attempt(fail);
    expect(said.at(-1)).toMatchObject({ tries: 1, restMs: 1000 });
  });

  it('does not take an outage for an item, nor a flood of failures', async () => {
    const { items, said } = setUp();
    const outage = Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    await expect(items.attempt('one', () => Promise.reject(outage))).rejects.toBe(outage);
    expect([items.resting(), said]).toEqual([[], []]);
    for (let each = 0; each < 10_000; each += 1) await items.attempt(String(each), fail);
    await expect(items.attempt('one more', fail)).rejects.toThrow('poison');
    expect(items.resting()).toHaveLength(10_000);
  });

  it('makes room when what failed is not found any more', async () => {
    const { clock, items } = setUp();
    for (let each = 0; each < 10_000; each += 1) await items.attempt(String(each), fail);
    clock.advance(2 * FIVE_MINUTES + 1000);
    await items.attempt('another', fail);
    expect(items.resting()).toEqual(['another']);
    items.forget('another');
    expect(items.resting()).toEqual([]);
  });

  it('is shown as long as its job runs', async () => {
    const { items, shown } = setUp();
    let runs = 0;
    const job = createJob({
      name: 'test',
      everyMs: FIVE_MINUTES,
      log: createLog('test', 'silent'),
      items,
      async run() {
        await items.attempt('bad', fail);
        runs += 1;
      },
    });
    await job.start();
    await waitUntil(() => runs === 1, 'a run');
    expect(await shown()).toBe('foyer_items_resting{job="test"} 1');
    await job.stop();
    expect(await shown()).toBeUndefined();
  });
});
