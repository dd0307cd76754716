import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { composeSupergraph } from '../compose/composeSupergraph.js';
import { generatedFiles } from '../compose/generatedFiles.js';
import type { SubgraphSource } from '../compose/subgraphs.js';
import { checkSchemas } from './checkSchemas.js';
import { earlierApi } from './earlierApi.js';

const THINGS = `
  "Roots." type Query { "A thing." thing("Its id." id: ID!): Thing }
  "A thing." type Thing @key(fields: "id") { "Its id." id: ID! "Its price." price: Money }`;
const OWNERS = `
  type Query { "Who owns things." owners: [String!]! @authenticated }
  type Thing @key(fields: "id") { id: ID! "Who owns it." owner: String }`;

describe('checkSchemas', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'foyer-schema-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const source = (name: string, sdl: string): SubgraphSource => ({
    name,
    url: `http://${name}.test/graphql`,
    sdl,
  });
  const composed = (...subgraphs: SubgraphSource[]) => {
    const result = composeSupergraph(subgraphs);
    if (!result.ok) throw new AggregateError(result.errors);
    return result;
  };
  const write = (...subgraphs: SubgraphSource[]): void => {
    for (const [path, text] of generatedFiles(subgraphs, composed(...subgraphs))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  const check = (
    subgraphs: readonly SubgraphSource[],
    earlierApiSdl: string | null = null,
    accepted = {},
  ): readonly string[] =>
    checkSchemas({
      subgraphs,
      folder,
      earlierApiSdl,
      accepted: { hints: [], breakingChanges: [], ...accepted },
    });

  test('is content with good schemas whose files are current', () => {
    const subgraphs = [source('things', THINGS), source('owners', OWNERS)];
    write(...subgraphs);
    expect(check(subgraphs, composed(...subgraphs).apiSdl)).toEqual([]);
  });

  test('reports files that are missing or stale', () => {
    const subgraphs = [source('things', THINGS)];
    expect(check(subgraphs)).toEqual([
      expect.stringContaining('stale: schema/subgraphs/things.graphql'),
      expect.stringContaining('stale: schema/supergraph.graphql'),
      expect.stringContaining('stale: schema/api.graphql'),
      expect.stringContaining('stale: schema/possibleTypes.json'),
    ]);
    write(...subgraphs);
    expect(check([source('things', THINGS.replace('Its price.', 'What it costs.'))])).toHaveLength(3);
  });

  test('reports what does not compose', () => {
    const clash = OWNERS.replace('"Who owns it." owner', '"Its price." price: Int "Who owns it." owner');
    expect(check([source('things', THINGS), source('owners', clash)])).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^composition: (FIELD_TYPE_MISMATCH|INVALID_FIELD_SHARING)/),
      ]),
    );
  });

  test('reports hints, unless they are accepted', () => {
    const otherwise = OWNERS.replace('{ id: ID!', '{ "The id, told differently." id: ID!');
    const subgraphs = [source('things', THINGS), source('owners', otherwise)];
    write(...subgraphs);
    expect(check(subgraphs)).toEqual([expect.stringContaining('hint: INCONSISTENT_DESCRIPTION')]);
    const hints = [{ code: 'INCONSISTENT_DESCRIPTION', about: 'Thing.id', reason: 'a test' }];
    expect(check(subgraphs, null, { hints })).toEqual([]);
  });

  test('reports lint', () => {
    const subgraphs = [source('things', THINGS.replace('"A thing." type', 'type'))];
    write(...subgraphs);
    expect(check(subgraphs)).toEqual(['lint (described): Thing has no description']);
  });

  test('reports what breaks clients, unless it is accepted', () => {
    const before = composed(source('things', THINGS)).apiSdl;
    const after = [source('things', THINGS.replace('"Its price." price: Money', '"Its size." size: Int'))];
    write(...after);
    const problems = check(after, before);
    expect(problems).toContain('breaking: Thing.price was removed.');
    const breakingChanges = problems.map((problem) => ({
      change: problem.replace('breaking: ', ''),
      reason: 'a test',
    }));
    expect(check(after, before, { breakingChanges })).toEqual([]);
  });
});

describe('earlierApi', () => {
  let root: string;
  const git = (...words: string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...words], {
      cwd: root,
      stdio: 'ignore',
    });
  };
  const commit = (sdl: string): void => {
    mkdirSync(join(root, 'schema'), { recursive: true });
    writeFileSync(join(root, 'schema', 'api.graphql'), sdl);
    git('add', '.');
    git('commit', '-m', 'a change');
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'foyer-schema-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('is null without git or without a commit', () => {
    expect(earlierApi(root)).toBeNull();
    git('init', '-b', 'main');
    expect(earlierApi(root)).toBeNull();
  });

  test('on the main branch it is the last commit’s, or the one before when nothing has changed since', () => {
    git('init', '-b', 'main');
    commit('type Query { one: Int }');
    expect(earlierApi(root)?.sdl).toBe('type Query { one: Int }');
    commit('type Query { two: Int }');
    expect(earlierApi(root)).toEqual({ from: 'HEAD^', sdl: 'type Query { one: Int }' });
    writeFileSync(join(root, 'schema', 'api.graphql'), 'type Query { three: Int }');
    expect(earlierApi(root)).toEqual({ from: 'HEAD', sdl: 'type Query { two: Int }' });
  });

  test('on another branch it is the main branch’s', () => {
    git('init', '-b', 'main');
    commit('type Query { one: Int }');
    git('checkout', '-b', 'work');
    commit('type Query { two: Int }');
    expect(earlierApi(root)).toEqual({ from: 'main', sdl: 'type Query { one: Int }' });
  });
});
