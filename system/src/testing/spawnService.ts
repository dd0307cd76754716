import { spawn, type ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';

/** A user without rights, as the image's is; null when we are one ourselves. `nobody` has this id everywhere. */
export const ORDINARY_USER: { readonly uid: number; readonly gid: number } | null =
  process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;

/** A program of the image that was started. */
export interface SpawnedService {
  readonly child: ChildProcess;
  /** What it has said so far. */
  output(): string;
  /** Resolves when it has ended, with its exit status; null after a signal. */
  readonly ended: Promise<number | null>;
}

/** Runs a command in the image's folder as an ordinary user, with these variables and no others. */
export function spawnService(
  command: readonly string[],
  folder: string,
  variables: Readonly<Record<string, string>>,
): SpawnedService {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: folder,
    // As in the image: node is on PATH, and little else.
    env: { PATH: dirname(process.execPath), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...ORDINARY_USER,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  return { child, output: () => output, ended };
}
