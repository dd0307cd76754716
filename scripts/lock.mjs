import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { statePath } from './paths.mjs';
import { step } from './report.mjs';

/** Runs `work` while no other process runs one under the same name; waits for a living one to finish first. */
export async function withLock(name, work) {
  const file = statePath(`${name}.lock`);
  let said = false;
  while (!take(file)) {
    const owner = readOwner(file);
    if (!isAlive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!said) {
      step(`Waiting for process ${owner}, which is doing the ${name}`);
      said = true;
    }
    await delay(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** 0 when it cannot be read: gone again, or killed before it was written. */
function readOwner(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  if (pid === 0) {
    return false;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !isZombie(pid);
}

/** In a container without an init, a killed process keeps its id for ever. */
function isZombie(pid) {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
