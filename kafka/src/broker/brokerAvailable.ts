import { spawnSync } from 'node:child_process';
import { isFetched } from './library.js';

/** The oldest Java that Apache Kafka 4 runs on. */
const LEAST_JAVA = 17;

/**
 * Why no broker can be started on this machine, in a sentence that says what to install; null when one can:
 * Java is on PATH, and the jars are here or Maven is, to fetch them.
 */
export function whyNoBroker(): string | null {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  // `openjdk version "17.0.15" 2025-04-15`, on standard error.
  const version = /version "(\d+)/.exec(java.stderr ?? '')?.[1];
  if (version === undefined || Number(version) < LEAST_JAVA) {
    const found = version === undefined ? 'there is none on PATH' : `the one on PATH is ${version}`;
    return `Apache Kafka needs Java ${LEAST_JAVA} or newer, and ${found}: install one (Debian, Ubuntu: apt-get install openjdk-${LEAST_JAVA}-jre-headless).`;
  }
  if (!isFetched() && spawnSync('mvn', ['-version']).status !== 0) {
    return 'Apache Kafka is fetched with Maven, and there is no mvn on PATH: install it (Debian, Ubuntu: apt-get install maven).';
  }
  return null;
}

/** Whether a broker can be started on this machine; it may have to be fetched first. */
export function brokerAvailable(): boolean {
  return whyNoBroker() === null;
}
