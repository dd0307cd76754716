import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerAvailable } from '@foyer/kafka/broker';
import {
  isAlive,
  portVariable,
  PROCESS_NAMES,
  redisAvailable,
  removeEmbeddedPostgres,
} from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';

const describeWithEngines = [
  requireEngine('Apache Kafka', brokerAvailable()),
  requireEngine('Redis', redisAvailable()),
].includes(describe.skip)
  ? describe.skip
  : describe;

describeWithEngines('npm run start:distributed', () => {
  let folder: string;
  let supervisor: ChildProcess;
  let said = '';

  const spawnMain = (variables: NodeJS.ProcessEnv = {}): ChildProcess =>
    spawn(process.execPath, [join(__dirname, 'main.js')], {
      env: {
        PATH: process.env['PATH'],
        FOYER_DATA: folder,
        ...Object.fromEntries(PROCESS_NAMES.map((name) => [portVariable(name), '0'])),
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  /** Gathers what it says until it ends. */
  async function wordsOf(child: ChildProcess): Promise<{ readonly words: string; readonly status: unknown }> {
    let words = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => (words += text.toString()));
    }
    const [status] = (await once(child, 'close')) as [unknown];
    return { words, status };
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'foyer-distributed-'));
    supervisor = spawnMain();
    await new Promise<void>((resolve, reject) => {
      for (const stream of [supervisor.stdout, supervisor.stderr]) {
        stream?.on('data', (text: Buffer) => {
          said += text.toString();
          if (said.includes('Ctrl-C ends everything')) resolve();
        });
      }
      supervisor.once('exit', () => reject(new Error(said)));
    });
  });

  afterAll(async () => {
    if (isAlive(supervisor.pid ?? 0)) {
      const exit = once(supervisor, 'exit');
      supervisor.kill('SIGTERM');
      await exit;
    }
    await removeEmbeddedPostgres(join(folder, 'distributed', 'postgres'));
    rmSync(folder, { recursive: true });
  });

  test('both gateways answer with the demo data', async () => {
    const endpoints = [...said.matchAll(/Endpoint +(\S+)/g)].map(([, endpoint = '']) => endpoint);
    expect(endpoints).toHaveLength(2);
    for (const endpoint of endpoints) {
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ events(first: 10) { edges { node { id } } } }' }),
      });
      const { data } = (await answer.json()) as { data: { events: { edges: unknown[] } } };
      expect(data.events.edges).toHaveLength(4);
    }
  });

  test('what each process says is where it says', () => {
    const logs = join(folder, 'distributed', 'logs');
    expect(said).toContain(`Logs: ${logs}`);
    expect(readFileSync(join(logs, 'orders-2.log'), 'utf8')).toContain('foyer-orders');
  });

  test('a second start is refused, and the first goes on', async () => {
    const { words, status } = await wordsOf(spawnMain());
    expect(words).toContain(`is in use by process ${supervisor.pid}. Stop that one first`);
    expect(status).toBe(1);
    expect(isAlive(supervisor.pid ?? 0)).toBe(true);
  });

  test('a missing engine is said with what to install', async () => {
    const elsewhere = join(folder, 'elsewhere');
    const { words, status } = await wordsOf(spawnMain({ PATH: '/nonexistent', FOYER_DATA: elsewhere }));
    expect(words).toContain('There is no redis-server on PATH. Install it');
    expect(status).toBe(1);
    const withRedis = { PATH: '/nonexistent', FOYER_DATA: elsewhere, REDIS_URL: 'redis://127.0.0.1:1' };
    const { words: others } = await wordsOf(spawnMain(withRedis));
    expect(others).toMatch(/Apache Kafka needs Java 17 or newer.*Or set KAFKA_BROKERS/);
  });

  test('Ctrl-C ends everything', async () => {
    const pids = [...said.matchAll(/http:\S+ \((\d+)\)/g)].map(([, pid]) => Number(pid));
    expect(pids.filter(isAlive)).toHaveLength(12);
    const exit = once(supervisor, 'exit');
    supervisor.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
    expect(pids.filter(isAlive)).toEqual([]);
  });
});
