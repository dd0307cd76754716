import type { Identity } from '@foyer/platform';

/** What a caller must have for a field. All three parts must hold. */
export interface Requirement {
  /** `@authenticated`: a signed-in person. */
  readonly authenticated: boolean;
  /** `@requiresScopes`: of every element, at least one set must be held whole. */
  readonly scopes: readonly AnyOfAll[];
  /** `@policy`: of every element, all policies of at least one set must hold. */
  readonly policies: readonly AnyOfAll[];
}

/** An "or" of "ands", as the directives write it: `[["a", "b"], ["c"]]` is (a and b) or c. */
export type AnyOfAll = readonly (readonly string[])[];

/** Decides the named policies of `@policy`. */
export type PolicyDecision = (policy: string, identity: Identity) => boolean;

/** The requirement that all of several requirements hold; null when there is none. */
export function allOf(requirements: readonly (Requirement | null)[]): Requirement | null {
  const present = requirements.filter((each) => each !== null);
  if (present.length <= 1) return present[0] ?? null;
  return {
    authenticated: present.some(({ authenticated }) => authenticated),
    scopes: present.flatMap(({ scopes }) => scopes),
    policies: present.flatMap(({ policies }) => policies),
  };
}

/** Whether a caller meets a requirement. Guests hold no scopes. */
export function isMet(requirement: Requirement, identity: Identity, policy: PolicyDecision): boolean {
  const held = new Set<string>(identity.kind === 'user' ? identity.scopes : []);
  return (
    (!requirement.authenticated || identity.kind === 'user') &&
    requirement.scopes.every((anyOf) => anyOf.some((all) => all.every((scope) => held.has(scope)))) &&
    requirement.policies.every((anyOf) => anyOf.some((all) => all.every((name) => policy(name, identity))))
  );
}
