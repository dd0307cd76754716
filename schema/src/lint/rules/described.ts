import type { DocumentNode } from 'graphql';
import { elementsOf } from '../coordinates.js';
import type { Problem } from '../problem.js';

/**
 * Every type, field, argument, input field and enum value has a description. One is enough where several subgraphs know
 * the thing (an entity's `id`, the roots): composition shows it everywhere.
 */
export function described(documents: readonly DocumentNode[]): readonly Problem[] {
  const elements = documents.flatMap((document) => elementsOf(document));
  const done = new Set(elements.filter((element) => element.described).map(({ coordinate }) => coordinate));
  const missing = new Set(
    elements.map(({ coordinate }) => coordinate).filter((coordinate) => !done.has(coordinate)),
  );
  return [...missing].map((coordinate) => ({ rule: 'described', coordinate, message: 'has no description' }));
}
