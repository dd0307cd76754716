import type { GraphQLError } from 'graphql';
import { connectionFrom } from './connectionFrom.js';
import { decodeCursor, encodeCursor, type KeyKind } from './cursor.js';
import { readPage } from './readPage.js';

interface Row {
  readonly id: string;
  readonly size: number;
}

const PREFIX = '00000000-0000-7000-8000-00000000000';
const ROWS: readonly Row[] = [1, 1, 2, 3, 3].map((size, index) => ({ id: `${PREFIX}${index}`, size }));
const options = { order: 'size', key: 'FLOAT' } as const;
const positionOf = ({ id, size }: Row) => ({ key: size, id });

/** What a store does: elements behind the position, at most `limit`. */
const read = (page: ReturnType<typeof readPage>): Row[] =>
  ROWS.filter(({ id, size }) => {
    if (!page.after) return true;
    return size > Number(page.after.key) || (size === page.after.key && id > page.after.id);
  }).slice(0, page.limit);

test('pages go through everything once, also where sort keys are equal', () => {
  const seen: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page = readPage({ first: 2, after }, options);
    const connection = connectionFrom(read(page), page, positionOf);
    seen.push(...connection.edges.map(({ node }) => node.id));
    expect(connection.pageInfo.hasPreviousPage).toBe(after !== null);
    expect(connection.pageInfo.startCursor).toBe(connection.edges[0]?.cursor);
    if (!connection.pageInfo.hasNextPage) break;
    after = connection.pageInfo.endCursor;
  }
  expect(seen).toEqual(ROWS.map(({ id }) => id));
});

test('an empty page has no cursors', () => {
  const page = readPage({}, options);
  expect(page).toEqual({ order: 'size', first: 20, limit: 21, after: null });
  expect(connectionFrom([], page, positionOf)).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});

test.each([
  [{ first: 0 }, 'first'],
  [{ first: -1 }, 'first'],
  [{ first: 101 }, 'first'],
  [{ first: 1.5 }, 'first'],
  [{ after: 'rubbish' }, 'after'],
  [{ after: '' }, 'after'],
  [{ after: encodeCursor('name', { key: 1, id: `${PREFIX}1` }) }, 'after'],
  [{ after: encodeCursor('size', { key: 'x', id: `${PREFIX}1` }) }, 'after'],
  [{ after: encodeCursor('size', { key: 1, id: 'r1' }) }, 'after'],
  [{ after: Buffer.from(`["size",1e999,"${PREFIX}1"]`).toString('base64url') }, 'after'],
  [{ after: Buffer.from(`["size",{},"${PREFIX}1"]`).toString('base64url') }, 'after'],
  [{ after: Buffer.from('["size",1]').toString('base64url') }, 'after'],
])('%j is refused', (input, path) => {
  let error: GraphQLError | undefined;
  try {
    readPage(input, options);
  } catch (thrown) {
    error = thrown as GraphQLError;
  }
  expect(error?.extensions).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path }] });
});

test.each<[KeyKind, unknown[], unknown[]]>([
  ['ID', ['x', 0], [null, {}]],
  [
    'INSTANT',
    ['2026-05-01T18:00:00.000Z', '2026-05-01T18:00:00.123456Z'],
    ['x', '', '0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '+275000-01-01T00:00:00.000Z', 17],
  ],
  ['TEXT', ['', 'ố'], ['\0', '\ud800', 1]],
  ['INT', [-1, 2 ** 31 - 1], [1.5, 2 ** 31, '1']],
  ['BIGINT', [Number.MAX_SAFE_INTEGER], [2 ** 53, 0.5, '1']],
  ['FLOAT', [-0.5, 1e300], ['1', null]],
])('a cursor with a sort key of kind %s is taken, others are none', (kind, good, bad) => {
  const read = (key: unknown) =>
    decodeCursor('o', kind, Buffer.from(JSON.stringify(['o', key, `${PREFIX}1`])).toString('base64url'));
  expect(good.map((key) => read(key)?.key)).toEqual(good);
  expect(bad.map(read)).toEqual(bad.map(() => null));
});
