import fastify from 'fastify';
import { createMetrics } from './createMetrics.js';
import type { Metrics } from './metrics.js';
import { metricsRoute } from './metricsRoute.js';
import { recently } from './recently.js';

const linesOf = async (metrics: Metrics, name: string): Promise<readonly string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(name));

test('parts of a process that ask for the same metric share it', async () => {
  const metrics = createMetrics();
  const options = { name: 'foyer_test_total', help: 'Test', labels: ['part'] };
  metrics.counter(options).add({ part: 'a' });
  metrics.counter(options).add({ part: 'a' }, 2);
  metrics.counter(options).add({ part: 'b' });
  expect(await linesOf(metrics, 'foyer_test_total')).toEqual([
    'foyer_test_total{part="a"} 3',
    'foyer_test_total{part="b"} 1',
  ]);
  const histogram = { name: 'foyer_test_seconds', help: 'Test', buckets: [0.1, 1] };
  metrics.histogram(histogram).observe(0.05);
  metrics.histogram(histogram).observe(0.5);
  expect(await linesOf(metrics, 'foyer_test_seconds_bucket')).toEqual([
    'foyer_test_seconds_bucket{le="0.1"} 1',
    'foyer_test_seconds_bucket{le="1"} 2',
    'foyer_test_seconds_bucket{le="+Inf"} 2',
  ]);
});

test('a gauge shows what its parts give, until they are taken away', async () => {
  const metrics = createMetrics();
  const gauge = (part: string, value: number) =>
    metrics.gauge({
      name: 'foyer_test_events',
      help: 'Test',
      labels: ['part'],
      keepMs: 0,
      collect: () => [{ labels: { part }, value }],
    });
  const remove = gauge('a', 1);
  gauge('b', 2);
  expect(await linesOf(metrics, 'foyer_test_events')).toEqual([
    'foyer_test_events{part="a"} 1',
    'foyer_test_events{part="b"} 2',
  ]);
  remove();
  expect(await linesOf(metrics, 'foyer_test_events')).toEqual(['foyer_test_events{part="b"} 2']);
});

test('scrapes that come often, also at once, make one collection', async () => {
  const metrics = createMetrics();
  let collected = 0;
  metrics.gauge({
    name: 'foyer_test_events',
    help: 'Test',
    async collect() {
      collected += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return [{ value: collected }];
    },
  });
  const texts = await Promise.all(Array.from({ length: 20 }, () => linesOf(metrics, 'foyer_test_events')));
  expect(texts.every((lines) => lines.join() === 'foyer_test_events 1')).toBe(true);
  expect(await linesOf(metrics, 'foyer_test_events')).toEqual(['foyer_test_events 1']);
});

test('what can not be collected, or hangs, is left out and counted; the rest is shown', async () => {
  const metrics = createMetrics();
  metrics.counter({ name: 'foyer_other_total', help: 'Test' }).add();
  const gauge = { name: 'foyer_test_events', help: 'Test', labels: ['part'] };
  metrics.gauge({ ...gauge, collect: () => [{ labels: { part: 'well' }, value: 1 }] });
  metrics.gauge({ ...gauge, collect: () => Promise.reject(new Error('down')) });
  metrics.gauge({ ...gauge, collect: () => new Promise(() => undefined) });
  const text = await metrics.text();
  expect(text.match(/^foyer_test_events.*/gm)).toEqual(['foyer_test_events{part="well"} 1']);
  expect(text).toContain('\nfoyer_other_total 1\n');
  const [line] = await linesOf(metrics, 'foyer_metrics_uncollected_total{metric="foyer_test_events"}');
  expect(Number(line?.split(' ')[1])).toBeGreaterThanOrEqual(2);
});

test('a process is measured too, where asked for', async () => {
  expect(await linesOf(createMetrics({ ofProcess: true }), 'process_resident_memory_bytes')).toHaveLength(1);
  expect(await linesOf(createMetrics(), 'process_')).toEqual([]);
});

test('what is read stays good for a while, a failure does not', async () => {
  let reads = 0;
  const read = recently(() => {
    reads += 1;
    return reads === 1 ? Promise.reject(new Error('down')) : reads;
  }, 60_000);
  await expect(Promise.all([read(), read()])).rejects.toThrow('down');
  expect(reads).toBe(1);
  expect([await read(), await read()]).toEqual([2, 2]);
});

test('what does not answer is not asked again meanwhile', async () => {
  let reads = 0;
  let answer: (value: string) => void = () => undefined;
  const read = recently(() => {
    reads += 1;
    return new Promise<string>((resolve) => (answer = resolve));
  }, 0);
  const first = read();
  await new Promise((resolve) => setImmediate(resolve));
  const second = read();
  expect(reads).toBe(1);
  answer('late');
  expect(await Promise.all([first, second])).toEqual(['late', 'late']);
  void read();
  await new Promise((resolve) => setImmediate(resolve));
  expect(reads).toBe(2);
});

test('metrics are shown to who reaches the process itself, and not through a proxy', async () => {
  const app = fastify();
  app.get('/metrics', metricsRoute(createMetrics({ ofProcess: true })));
  const shown = await app.inject('/metrics');
  expect(shown.statusCode).toBe(200);
  expect(shown.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(shown.body).toContain('process_cpu_user_seconds_total');
  for (const header of ['X-Forwarded-For', 'Forwarded', 'Via']) {
    expect((await app.inject({ url: '/metrics', headers: { [header]: '10.0.0.1' } })).statusCode).toBe(404);
  }
  await app.close();
});
