import { spawn } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { whyNoBroker } from './brokerAvailable.js';
import { isFetched, STAMP, wantedStamp } from './library.js';
import { LIBRARY, POM, STATE } from './places.js';
import { withFileLock } from './withFileLock.js';

/**
 * Gets the jars that kafka/broker/pom.xml names from Maven Central (44 MB) into `.foyer/kafka/lib`, unless they
 * are there. Many processes may call it at once: one fetches, the others wait for it.
 *
 * @throws when Java or Maven is missing, saying what to install, or when Maven fails, with what it said.
 */
export async function fetchBroker(): Promise<void> {
  if (isFetched()) return;
  const obstacle = whyNoBroker();
  if (obstacle !== null) throw new Error(obstacle);
  await mkdir(STATE, { recursive: true });
  await withFileLock(join(STATE, 'fetch.lock'), async () => {
    // Somebody else may have done it while we waited.
    if (isFetched()) return;
    const folder = `${LIBRARY}.${process.pid}`;
    try {
      await copyJars(folder);
      await writeFile(join(folder, STAMP), wantedStamp());
      await rm(LIBRARY, { recursive: true, force: true });
      // In one step: there is never a library with some of its jars.
      await rename(folder, LIBRARY);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function copyJars(folder: string): Promise<void> {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  const maven = spawn('mvn', ['--batch-mode', '--quiet', '--file', POM, ...goal], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [maven.stdout, maven.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const status = await new Promise<number | null>((resolve, reject) => {
    maven.once('error', reject);
    maven.once('close', resolve);
  });
  if (status !== 0) throw new Error(`Maven could not fetch Apache Kafka:\n${output.trim()}`);
}
