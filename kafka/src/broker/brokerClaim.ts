import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, startOf } from '@foyer/platform';
import { endProcess } from './endProcess.js';

/** A process, told from a later one with the same id. */
interface Known {
  readonly pid: number;
  readonly start: string | null;
}

/** Who uses the folder, and by which broker. */
interface Claim {
  readonly owner: Known;
  readonly broker: Known | null;
}

const known = (pid: number): Known => ({ pid, start: startOf(pid) });

const lives = (process: Known): boolean => isAlive(process.pid) && startOf(process.pid) === process.start;

/**
 * Takes a broker's folder for this process, and stops the broker that a killed one has left on it.
 *
 * @throws when a living process uses it, be it this one.
 */
export async function claimBrokerFolder(file: string, folder: string): Promise<void> {
  const claim = read(file);
  if (claim !== null && lives(claim.owner)) {
    throw new Error(`The broker in ${folder} is in use by process ${claim.owner.pid}. Stop that one first.`);
  }
  const left = claim?.broker ?? null;
  if (left !== null && lives(left)) await endProcess(left.pid, ['SIGTERM', 'SIGKILL']);
  writeClaim(file, null);
}

/** Writes down which broker runs on the folder, for the next one who comes. */
export function writeClaim(file: string, brokerPid: number | null): void {
  const claim: Claim = { owner: known(process.pid), broker: brokerPid === null ? null : known(brokerPid) };
  writeFileSync(file, JSON.stringify(claim));
}

/** Lets go of the folder. */
export function releaseClaim(file: string): void {
  rmSync(file, { force: true });
}

function read(file: string): Claim | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Claim;
  } catch {
    return null;
  }
}
