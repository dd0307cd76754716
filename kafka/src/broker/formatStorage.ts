import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spawnJava } from './java.js';

/**
 * Makes a cluster of one node on an empty data folder, as `kafka-storage format --standalone` does; nothing
 * when there is one.
 *
 * @throws with what Kafka said when it can't.
 */
export async function formatStorage(dataFolder: string, settingsFile: string): Promise<void> {
  if (existsSync(join(dataFolder, 'meta.properties'))) return;
  const clusterId = randomBytes(16).toString('base64url');
  const child = spawnJava(
    'kafka.tools.StorageTool',
    // An id that begins with a dash would be taken for an option.
    ['format', '--standalone', `--cluster-id=${clusterId}`, '-c', settingsFile],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(`Kafka could not prepare ${dataFolder}:\n${output.trim()}`);
}
