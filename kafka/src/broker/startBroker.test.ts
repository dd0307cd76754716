import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isAlive, waitForEnd } from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';
import { brokerAvailable } from './brokerAvailable.js';
import { startBroker } from './startBroker.js';

requireEngine('Apache Kafka', brokerAvailable())('the broker', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'foyer-kafka-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('comes back on its folder and port after it was stopped, and after it was killed', async () => {
    const broker = await startBroker({ folder });
    try {
      const { brokers, pid } = broker;
      await broker.stop();
      expect(isAlive(pid)).toBe(false);
      await broker.start();
      await broker.kill();
      await broker.start();
      expect(broker.brokers).toBe(brokers);
      expect(isAlive(broker.pid)).toBe(true);
    } finally {
      await broker.stop();
    }
    expect(isAlive(broker.pid)).toBe(false);
  });

  test('its folder is for one at a time', async () => {
    const broker = await startBroker({ folder });
    try {
      await expect(startBroker({ folder })).rejects.toThrow(`in use by process ${process.pid}`);
    } finally {
      await broker.stop();
    }
  });

  test('ends when the process that started it is killed', async () => {
    const program = `
      require(${JSON.stringify(require.resolve('./startBroker.js'))})
        .startBroker({ folder: ${JSON.stringify(folder)} })
        .then((broker) => { console.log(broker.pid); setInterval(() => undefined, 1000); });`;
    const owner = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string];
    owner.kill('SIGKILL');
    expect(await waitForEnd(Number(line), 60_000)).toBe(true);
    const broker = await startBroker({ folder });
    await broker.stop();
  });

  test('says which port is taken', async () => {
    const broker = await startBroker({ folder: join(folder, 'a') });
    try {
      const port = Number(broker.brokers.split(':')[1]);
      await expect(startBroker({ folder: join(folder, 'b'), port })).rejects.toThrow(`Port ${port}`);
    } finally {
      await broker.stop();
    }
  });

  test('says what Kafka says when it does not start', async () => {
    await expect(startBroker({ folder, settings: { 'num.io.threads': 0 } })).rejects.toThrow(
      /num\.io\.threads/,
    );
  });
});
