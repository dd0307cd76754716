import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { join } from 'node:path';
import { LIBRARY, LOG_CONFIGURATION } from './places.js';

/** Little memory and a start in a second or two, rather than the last bit of speed after an hour. */
const OPTIONS = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** Starts a main class of Kafka's. */
export function spawnJava(mainClass: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(
    'java',
    [
      ...OPTIONS,
      `-Dlog4j2.configurationFile=file:${LOG_CONFIGURATION}`,
      ...['-cp', join(LIBRARY, '*')],
      mainClass,
      ...args,
    ],
    options,
  );
}
