import type { GraphQLError } from 'graphql';
import { connectionFrom } from './connectionFrom.js';
import { encodeCursor } from './cursor.js';
import { readPage } from './readPage.js';

interface Row {
  readonly id: string;
  readonly size: number;
}

const ROWS: readonly Row[] = [1, 1, 2, 3, 3].map((size, index) => ({ id: `r${index}`, size }));
const options = { order: 'size' };
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
  [{ after: encodeCursor('name', { key: 1, id: 'r1' }) }, 'after'],
  [{ after: Buffer.from('["size",{},"r1"]').toString('base64url') }, 'after'],
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
