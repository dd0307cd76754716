import type { ExecutionResult } from 'graphql';
import type { Renamings } from './renamings.js';

/** Where a placeholder came out in a result. */
export interface Occurrence {
  /** The number of its field. */
  readonly number: number;
  /** In the client's names. */
  readonly path: readonly (string | number)[];
}

/** A result in the client's names, and where the placeholders were. */
export interface Restored {
  readonly data: ExecutionResult['data'];
  readonly occurrences: readonly Occurrence[];
}

/** Calls the keys of a result as its client did; their order stays. */
export function restoreNames(data: ExecutionResult['data'], renamings: Renamings): Restored {
  const occurrences: Occurrence[] = [];
  const path: (string | number)[] = [];
  const restore = (value: unknown, { names, inner }: Renamings): unknown => {
    if (Array.isArray(value)) {
      return value.map((each, index) => {
        path.push(index);
        const restored = restore(each, { names, inner });
        path.pop();
        return restored;
      });
    }
    if (value === null || typeof value !== 'object') return value;
    // Without a prototype, so that a field called `__proto__` is one like any other.
    const restored = Object.create(null) as Record<string, unknown>;
    for (const [key, each] of Object.entries(value)) {
      const renaming = names.get(key);
      const name = renaming?.name ?? key;
      const below = inner.get(key);
      path.push(name);
      if (typeof renaming?.placeholder === 'number') {
        occurrences.push({ number: renaming.placeholder, path: [...path] });
      }
      restored[name] = below ? restore(each, below) : each;
      path.pop();
    }
    return restored;
  };
  return { data: restore(data, renamings) as ExecutionResult['data'], occurrences };
}
