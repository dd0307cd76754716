interface FoundEdge {
  readonly cursor: string;
  readonly node: { readonly id: string; readonly distance: number | null };
}

/** Edges of what was found, with the things themselves; without those that have gone in between. */
export async function withPresent<Thing>(
  edges: readonly FoundEdge[],
  load: (id: string) => Promise<Thing | null>,
): Promise<readonly { readonly cursor: string; readonly distance: number | null; readonly node: Thing }[]> {
  const loaded = await Promise.all(
    edges.map(async ({ cursor, node: { id, distance } }) => ({ cursor, distance, node: await load(id) })),
  );
  return loaded.flatMap(({ node, ...edge }) => (node === null ? [] : [{ ...edge, node }]));
}
