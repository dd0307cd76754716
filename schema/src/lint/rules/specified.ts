import { Kind, type DocumentNode } from 'graphql';
import type { Problem } from '../problem.js';

/** Every scalar says by `@specifiedBy` where its form is written down, so that tools and people need not guess. */
export function specified(documents: readonly DocumentNode[]): readonly Problem[] {
  const missing = new Set(
    documents
      .flatMap(({ definitions }) => definitions)
      .filter((definition) => definition.kind === Kind.SCALAR_TYPE_DEFINITION)
      .filter(({ directives = [] }) => !directives.some(({ name }) => name.value === 'specifiedBy'))
      .map(({ name }) => name.value),
  );
  return [...missing].map((coordinate) => ({
    rule: 'specified',
    coordinate,
    message: 'is a scalar without @specifiedBy',
  }));
}
