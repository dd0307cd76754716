import { InputObjectType, InterfaceType, ObjectType, type Schema } from '@apollo/federation-internals';

/** What `@listSize` says of a field. */
export interface ListSize {
  /** Elements when no slicing argument says it; null when the schema does not say. */
  readonly assumedSize: number | null;
  /** Arguments of which the largest is the size. */
  readonly slicingArguments: readonly string[];
  /** Lists of the object that the field gives which have this size, instead of the field itself. */
  readonly sizedFields: readonly string[];
}

/** What a schema says of its cost. */
export interface Costs {
  /** `@cost` of a type; null when it has none. */
  ofType(type: string): number | null;
  /** `@cost` of a field of an object, interface or input object. */
  ofField(type: string, field: string): number | null;
  /** `@cost` of a field's argument. */
  ofArgument(type: string, field: string, argument: string): number | null;
  listSize(type: string, field: string): ListSize | null;
}

/** A schema element; federation-internals types it by its parent, which does not matter here. */
interface Applicable {
  appliedDirectivesOf(name: string): readonly { arguments(): Readonly<Record<string, unknown>> }[];
}

/**
 * Reads `@cost` and `@listSize` of a supergraph, under whatever names it links them.
 * @see https://ibm.github.io/graphql-specs/cost-spec.html
 */
export function readCosts(supergraph: Schema): Costs {
  const feature = supergraph.coreFeatures?.getByIdentity('https://specs.apollo.dev/cost');
  const names = feature && {
    cost: feature.directiveNameInSchema('cost'),
    listSize: feature.directiveNameInSchema('listSize'),
  };
  const applied = (element: unknown, kind: 'cost' | 'listSize'): Readonly<Record<string, unknown>> | null => {
    if (!names || !element || !supergraph.directive(names[kind])) return null;
    const [found] = (element as Applicable).appliedDirectivesOf(names[kind]);
    return found?.arguments() ?? null;
  };
  const fieldOf = (typeName: string, field: string) => {
    const type = supergraph.type(typeName);
    if (type instanceof ObjectType || type instanceof InterfaceType) return type.field(field);
    return undefined;
  };
  const weightOf = (element: unknown): number | null =>
    (applied(element, 'cost')?.['weight'] as number | undefined) ?? null;

  return {
    ofType: (type) => weightOf(supergraph.type(type)),
    ofField(typeName, field) {
      const type = supergraph.type(typeName);
      return weightOf(type instanceof InputObjectType ? type.field(field) : fieldOf(typeName, field));
    },
    ofArgument: (type, field, argument) => weightOf(fieldOf(type, field)?.argument(argument)),
    listSize(type, field) {
      const given = applied(fieldOf(type, field), 'listSize');
      if (!given) return null;
      return {
        assumedSize: (given['assumedSize'] as number | undefined) ?? null,
        slicingArguments: (given['slicingArguments'] as readonly string[] | undefined) ?? [],
        sizedFields: (given['sizedFields'] as readonly string[] | undefined) ?? [],
      };
    },
  };
}
