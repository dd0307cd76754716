import type { DocumentNode } from 'graphql';
import type { Problem } from './problem.js';
import { connections } from './rules/connections.js';
import { described } from './rules/described.js';
import { mutationsRefuse } from './rules/mutationsRefuse.js';
import { named } from './rules/named.js';
import { sized } from './rules/sized.js';
import { specified } from './rules/specified.js';

const RULES = [described, named, mutationsRefuse, connections, sized, specified] as const;

/**
 * Looks for what should be otherwise.
 * @param documents all subgraphs' complete schemas: some rules look across them.
 */
export function lintSchemas(documents: readonly DocumentNode[]): readonly Problem[] {
  return RULES.flatMap((rule) => rule(documents));
}
