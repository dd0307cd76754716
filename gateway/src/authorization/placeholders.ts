import { Kind, visit, type DocumentNode, type FieldNode } from 'graphql';

const PREFIX = '__forbidden_';

/**
 * A document in which some fields stand under response names that no subgraph answers to, and no client's can be. Shaping
 * a result by it gives null in their places, with GraphQL's own null propagation and type conditions, even where a
 * subgraph was asked for the same field as a key; `restoreNames` then gives them their own names.
 */
export function withPlaceholders(document: DocumentNode, fields: readonly FieldNode[]): DocumentNode {
  const numbers = new Map(fields.map((node, index) => [node, index]));
  return visit(document, {
    Field: (node) => {
      const number = numbers.get(node);
      if (number === undefined) return undefined;
      const alias = `${PREFIX}${number}_${node.alias?.value ?? node.name.value}`;
      return { ...node, alias: { kind: Kind.NAME, value: alias } };
    },
  });
}

/** Whether a path of a shaping error ends at a placeholder: the null there is ours. */
export function endsAtPlaceholder(path: readonly (string | number)[] | undefined): boolean {
  return path?.some((part) => typeof part === 'string' && readPlaceholder(part) !== null) ?? false;
}

/** @returns the number of the field that stands under this response name, and its name before; null for all others. */
export function readPlaceholder(key: string): { readonly number: number; readonly name: string } | null {
  if (!key.startsWith(PREFIX)) return null;
  const rest = key.slice(PREFIX.length);
  const end = rest.indexOf('_');
  return { number: Number(rest.slice(0, end)), name: rest.slice(end + 1) };
}
