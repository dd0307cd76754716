import { execFileSync } from 'node:child_process';
import type { ContractRecord } from './contractRecord.js';

/** A record that was committed. */
export interface EarlierRecord {
  /** The commit's name. */
  readonly from: string;
  readonly record: ContractRecord;
}

/** The base that was asked for can't be read. */
export class BaseError extends Error {
  override readonly name = 'BaseError';
}

/**
 * Finds the committed record to compare with: of `base` where that is given, else of the main branch, else of HEAD; on
 * the main branch itself, of the commit before when nothing has changed since.
 *
 * @param root the repository's folder. @param file the record's path in it.
 * @returns null where git or every such commit is missing: a first commit, a clone without history, an archive.
 * @throws BaseError when `base` is given and holds no record.
 */
export function earlierRecord(root: string, file: string, base: string | undefined): EarlierRecord | null {
  const git = (...words: string[]): string | null => {
    try {
      const options = { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
      return execFileSync('git', words, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
      return null;
    }
  };
  const main = ['origin/main', 'main'].find((ref) => git('rev-parse', '--verify', '--quiet', ref) !== null);
  const onMain = main !== undefined && git('rev-parse', main) === git('rev-parse', 'HEAD');
  const clean = git('status', '--porcelain', '--', file) === '';
  const usual = onMain ? (clean ? ['HEAD^', 'HEAD'] : ['HEAD']) : [main ?? 'HEAD', 'HEAD'];
  for (const from of base === undefined ? usual : [base]) {
    const text = git('show', `${from}:${file}`);
    if (text !== null) return { from, record: JSON.parse(text) as ContractRecord };
  }
  if (base !== undefined) throw new BaseError(`${base} is no commit here, or holds no ${file}.`);
  return null;
}
