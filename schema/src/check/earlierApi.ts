import { execFileSync } from 'node:child_process';

/** The API schema that clients may know. */
export interface EarlierApi {
  /** The commit's name. */
  readonly from: string;
  readonly sdl: string;
}

/**
 * Finds the API schema to compare with: of `SCHEMA_BASE`, else of the main branch, else of HEAD; on the main branch
 * itself, of the commit before.
 * @returns null where git or every such commit is missing: a first commit, a clone without history, an archive.
 */
export function earlierApi(root: string): EarlierApi | null {
  const git = (...words: string[]): string | null => {
    try {
      return execFileSync('git', words, {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: 2 ** 26,
      });
    } catch {
      return null;
    }
  };
  const base = process.env['SCHEMA_BASE'];
  const head = git('rev-parse', 'HEAD');
  const main = ['origin/main', 'main'].find((ref) => git('rev-parse', '--verify', '--quiet', ref) !== null);
  const onMain = main !== undefined && git('rev-parse', main) === head;
  const clean = git('status', '--porcelain', '--', 'schema/api.graphql') === '';
  const candidates = base
    ? [base]
    : onMain
      ? clean
        ? ['HEAD^', 'HEAD']
        : ['HEAD']
      : [main ?? 'HEAD', 'HEAD'];
  for (const from of candidates) {
    const sdl = git('show', `${from}:schema/api.graphql`);
    if (sdl !== null) return { from, sdl };
  }
  return null;
}
