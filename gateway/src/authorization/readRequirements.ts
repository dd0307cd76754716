import {
  InterfaceType,
  ObjectType,
  type NamedType,
  type Schema,
  type SchemaElement,
} from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';
import { isInterfaceType } from 'graphql';
import { allOf, type AnyOfAll, type Requirement } from './requirement.js';

/** Looks up what a schema demands of callers. */
export interface Requirements {
  /**
   * What selecting a field on a type demands: the directives of the field, of the type it stands on, of the type it
   * returns. On an interface also those of every implementation, because any of them may answer.
   * @returns null when anybody may.
   */
  ofField(type: string, field: string): Requirement | null;
}

/** The directives' arguments, by the identity of their specification (https://specs.apollo.dev). */
const SPECIFICATIONS = {
  authenticated: 'https://specs.apollo.dev/authenticated',
  requiresScopes: 'https://specs.apollo.dev/requiresScopes',
  policy: 'https://specs.apollo.dev/policy',
} as const;

/** Reads `@authenticated`, `@requiresScopes` and `@policy` of a supergraph, under whatever names it links them. */
export function readRequirements(supergraph: Schema, apiSchema: GraphQLSchema): Requirements {
  const nameOf = (kind: keyof typeof SPECIFICATIONS): string | null => {
    const feature = supergraph.coreFeatures?.getByIdentity(SPECIFICATIONS[kind]);
    return feature ? feature.directiveNameInSchema(kind) : null;
  };
  const names = {
    authenticated: nameOf('authenticated'),
    scopes: nameOf('requiresScopes'),
    policies: nameOf('policy'),
  };
  if (Object.values(names).every((name) => name === null)) return { ofField: () => null };

  const own = (element: SchemaElement<never, never> | undefined): Requirement | null => {
    if (!element) return null;
    const applied = (name: string | null): readonly Record<string, unknown>[] =>
      name === null
        ? []
        : element.appliedDirectivesOf(name).map((each) => each.arguments() as Record<string, unknown>);
    const requirement: Requirement = {
      authenticated: applied(names.authenticated).length > 0,
      scopes: applied(names.scopes).map(({ scopes }) => scopes as AnyOfAll),
      policies: applied(names.policies).map(({ policies }) => policies as AnyOfAll),
    };
    const { authenticated, scopes, policies } = requirement;
    return authenticated || scopes.length > 0 || policies.length > 0 ? requirement : null;
  };
  const ofType = (name: string): Requirement | null => own(element(supergraph.type(name)));
  const ofOneField = (typeName: string, fieldName: string): Requirement | null => {
    const type: NamedType | undefined = supergraph.type(typeName);
    if (!(type instanceof ObjectType) && !(type instanceof InterfaceType)) return null;
    const field = type.field(fieldName);
    return allOf([
      ofType(typeName),
      own(element(field)),
      field?.type ? ofType(baseName(String(field.type))) : null,
    ]);
  };

  const known = new Map<string, Requirement | null>();
  return {
    ofField(typeName, fieldName) {
      const key = `${typeName}.${fieldName}`;
      let requirement = known.get(key);
      if (requirement === undefined) {
        const type = apiSchema.getType(typeName);
        const implementations = isInterfaceType(type)
          ? apiSchema.getPossibleTypes(type).map(({ name }) => name)
          : [];
        requirement = allOf([typeName, ...implementations].map((each) => ofOneField(each, fieldName)));
        known.set(key, requirement);
      }
      return requirement;
    },
  };
}

/** `[Thing!]!` → `Thing` */
function baseName(type: string): string {
  return type.replace(/[[\]!]/g, '');
}

/** federation-internals types an element by its parent, which does not matter here. */
function element(value: unknown): SchemaElement<never, never> | undefined {
  return value as SchemaElement<never, never> | undefined;
}
