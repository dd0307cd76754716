import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { isAlive } from '../postgres/processes.js';
import { requireEngine } from '../testing/engines.js';
import { createTestRedis } from '../testing/testRedis.js';
import { waitUntil } from '../testing/waitUntil.js';
import { redisAvailable } from './redisAvailable.js';
import { startRedisServer } from './startRedisServer.js';

requireEngine('Redis', redisAvailable())('a Redis server of our own', () => {
  const redis = createTestRedis();
  afterAll(() => redis.end());

  test('stops, is killed and starts again at the same place, empty', async () => {
    const server = await redis.start();
    const connections = await redis.open({ REDIS_URL: server.url });
    await connections.commands.set('key', 'value');
    for (const end of [server.stop, server.kill]) {
      const before = server.pid;
      await end();
      expect(isAlive(before)).toBe(false);
      await server.start();
      await server.start();
      expect(server.pid).not.toBe(before);
      await waitUntil(() => connections.commands.status === 'ready');
      expect(await connections.commands.get('key')).toBeNull();
    }
  });

  test('says why it does not start', async () => {
    const { port } = await redis.start();
    await expect(redis.start({ port })).rejects.toThrow(/did not start:[^]*Address already in use/);
    await expect(redis.start({ args: ['--no-such-setting', '1'] })).rejects.toThrow(/no-such-setting/);
  });

  test('ends with whoever started it, also when that is killed', async () => {
    const folder = redis.folder();
    const program = `
      require(${JSON.stringify(join(__dirname, 'startRedisServer.js'))})
        .startRedisServer({ folder: ${JSON.stringify(folder)} })
        .then((server) => console.log(server.pid));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    expect(isAlive(Number(line))).toBe(true);
    child.kill('SIGKILL');
    await waitUntil(() => !isAlive(Number(line)));
  });

  test('takes the place of one that was left in its folder', async () => {
    const folder = redis.folder();
    const first = await startRedisServer({ folder });
    const second = await startRedisServer({ folder });
    expect(isAlive(first.pid)).toBe(false);
    await second.kill();
    await first.stop();
  });
});
