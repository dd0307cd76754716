import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

import { ROOT } from './paths.mjs';

/** Runs a program in the repository's folder, its output on ours, and gives its exit code (130 after a signal). */
export function run(command, args, { env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 130));
  });
}

/** Like `run`, but keeps the output and gives it beside the code, for steps that run beside others. */
export function runQuietly(command, args, { shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      // The Node that runs us is the one that a shell finds.
      env: { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell,
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 130, output }));
  });
}
