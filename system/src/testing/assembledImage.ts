import { execFile } from 'node:child_process';
import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './readCompose.js';

/** The image's files in a temporary folder, made as the Dockerfile makes them. */
export interface AssembledImage {
  readonly folder: string;
  /** Its files by path from the folder, with forward slashes. */
  readonly files: readonly string[];
  /** What they take on disk, in megabytes. */
  readonly megabytes: number;
  remove(): void;
}

/** Makes the image's files from the build as it is. */
export async function assembleImage(): Promise<AssembledImage> {
  const parent = mkdtempSync(join(tmpdir(), 'foyer-image-'));
  // An ordinary user is to enter it.
  chmodSync(parent, 0o755);
  const folder = join(parent, 'foyer');
  try {
    const script = join(ROOT, 'scripts', 'image', 'assemble.mjs');
    await promisify(execFile)(process.execPath, [script, folder, '--as-built'], { cwd: ROOT });
  } catch (error) {
    rmSync(parent, { recursive: true });
    throw error;
  }
  const files = filesBelow(folder, '');
  const bytes = files.reduce((sum, file) => sum + lstatSync(join(folder, file)).size, 0);
  return {
    folder,
    files,
    megabytes: bytes / 1e6,
    remove: () => rmSync(parent, { recursive: true }),
  };
}

function filesBelow(folder: string, inside: string): readonly string[] {
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = join(inside, entry.name);
    return entry.isDirectory() ? filesBelow(folder, path) : [path.split(sep).join('/')];
  });
}
