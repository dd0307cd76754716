import { Kind, visit, type DocumentNode, type FieldNode } from 'graphql';

const PREFIX = '__forbidden_';

/**
 * A document in which some fields stand under response names that no subgraph answers to. Shaping a result by it gives
 * null in their places, with GraphQL's own null propagation and type conditions, even where a subgraph was asked for the
 * same field as a key; `restoreNames` then gives them their own names.
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

/** Where a placeholder came out in a result. */
export interface Occurrence {
  /** Index of the field in what `withPlaceholders` was given. */
  readonly number: number;
  readonly path: readonly (string | number)[];
}

/** A result with its own names, and where the placeholders were. */
export interface Restored<Data> {
  readonly data: Data;
  readonly occurrences: readonly Occurrence[];
}

/** Gives the placeholders of a result their own names again; the order of keys stays. */
export function restoreNames<Data>(data: Data): Restored<Data> {
  const occurrences: Occurrence[] = [];
  const restore = (value: unknown, path: readonly (string | number)[]): unknown => {
    if (Array.isArray(value)) return value.map((each, index) => restore(each, [...path, index]));
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value).map(([key, inner]) => {
      const placeholder = readPlaceholder(key);
      const name = placeholder?.name ?? key;
      if (placeholder) occurrences.push({ number: placeholder.number, path: [...path, name] });
      return [name, restore(inner, [...path, name])] as const;
    });
    return Object.fromEntries(entries);
  };
  return { data: restore(data, []) as Data, occurrences };
}

/** Whether a path of a shaping error ends at a placeholder: the null there is ours. */
export function endsAtPlaceholder(path: readonly (string | number)[] | undefined): boolean {
  return path?.some((part) => typeof part === 'string' && readPlaceholder(part) !== null) ?? false;
}

function readPlaceholder(key: string): { readonly number: number; readonly name: string } | null {
  if (!key.startsWith(PREFIX)) return null;
  const rest = key.slice(PREFIX.length);
  const end = rest.indexOf('_');
  return { number: Number(rest.slice(0, end)), name: rest.slice(end + 1) };
}
