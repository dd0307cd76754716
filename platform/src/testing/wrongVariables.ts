import { spawnProgram } from './spawnProgram.js';

/** Wrong values of what every process reads, by variable. */
export const WRONG_EVERYWHERE: Readonly<Record<string, string>> = {
  NODE_ENV: 'prod',
  LOG_LEVEL: 'loud',
  FOYER_SECRET: 'short',
  FOYER_DRAIN_SECONDS: '0',
  FOYER_TLS_CERT: '/nowhere.pem',
  BUS_PARTITIONS: 'many',
  BUS_DATABASE_URL: 'mysql://127.0.0.1/bus',
  REDIS_URL: 'memcached://127.0.0.1',
  USERS_URL: 'http://127.0.0.1:4001, nowhere',
  PAYMENTS_PUBLIC_URL: 'nowhere',
};

/**
 * Starts a program with wrong values.
 * @returns its exit status, and the variables that its log does not name.
 */
export async function startWithWrong(
  file: string,
  wrong: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly unnamed: readonly string[] }> {
  const program = spawnProgram(file, wrong);
  const status = await program.exited;
  return { status, unnamed: Object.keys(wrong).filter((name) => !program.log.includes(name)) };
}
