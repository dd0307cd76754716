import { encodeCursor, type Position } from './cursor.js';
import type { Page } from './readPage.js';

/** A page of a list in Relay's shape. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * A connection (https://relay.dev/graphql/connections.htm) from what the store found.
 * @param found up to `page.limit` elements behind `page.after`, in the page's order.
 * @param positionOf an element's sort key and id, as the store ordered by.
 */
export function connectionFrom<Node>(
  found: readonly Node[],
  page: Page,
  positionOf: (node: Node) => Position,
): Connection<Node> {
  const edges = found
    .slice(0, page.first)
    .map((node) => ({ cursor: encodeCursor(page.order, positionOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: found.length > page.first,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
