import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log that has grown beyond this is put aside, as `….1`, at the next start. */
const ROTATE_BYTES = 20_000_000;
/** pino's number for errors. */
const ERROR_LEVEL = 50;
const LINES_SHOWN = 10;

/** Opens a process's log to append to. @returns the descriptor, and where what it will say begins. */
export function openProcessLog(file: string): { readonly descriptor: number; readonly offset: number } {
  mkdirSync(dirname(file), { recursive: true });
  if (sizeOf(file) > ROTATE_BYTES) renameSync(file, `${file}.1`);
  const offset = sizeOf(file);
  return { descriptor: openSync(file, 'a', 0o600), offset };
}

/** Gives a descriptor back. */
export { closeSync as closeProcessLog };

/** What a process complained of since `offset`: its errors if it logged any, else its last lines. */
export function readComplaint(file: string, offset: number): string {
  const lines = readFileSync(file).subarray(offset).toString('utf8').trimEnd().split('\n');
  const errors = lines.flatMap((line) => complaintOf(line) ?? []);
  return (errors.length > 0 ? errors : lines).slice(-LINES_SHOWN).join('\n');
}

/** The words of a line of pino's with an error; null for any other line. */
function complaintOf(line: string): string | null {
  try {
    const { level, msg, err } = JSON.parse(line) as {
      level: number;
      msg: string;
      err?: { message: string };
    };
    return level >= ERROR_LEVEL ? [msg, ...(err ? [err.message] : [])].join(': ') : null;
  } catch {
    return null;
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
