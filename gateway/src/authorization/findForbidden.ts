import type { Identity } from '@foyer/platform';
import type { Condition, RestrictedField } from './findRestricted.js';
import { isMet, type PolicyDecision } from './requirement.js';

/**
 * The restricted fields that this caller may not have, of those that are asked for with these variables. What stands
 * inside another forbidden field is left out.
 * @param variables coerced, defaults included.
 */
export function findForbidden(
  restricted: readonly RestrictedField[],
  identity: Identity,
  policy: PolicyDecision,
  variables: Readonly<Record<string, unknown>>,
): readonly RestrictedField[] {
  if (restricted.length === 0) return restricted;
  const unmet = restricted.filter(
    ({ requirement, conditions }) =>
      !isMet(requirement, identity, policy) && conditions.every((each) => holds(each, variables)),
  );
  if (unmet.length === 0) return unmet;
  const nodes = new Set(unmet.map(({ node }) => node));
  return unmet.filter(({ within }) => !within.some((node) => nodes.has(node)));
}

function holds({ value, wanted }: Condition, variables: Readonly<Record<string, unknown>>): boolean {
  return (typeof value === 'string' ? variables[value] : value) === wanted;
}
