import { isInterfaceType, isObjectType, Kind, parse, visit, type GraphQLSchema } from 'graphql';

/** What has to be known of a supergraph to keep clients' names apart from the planner's. */
export interface PlannersNames {
  /** With a number behind it no field of the supergraph has this name. */
  readonly prefix: string;
  /**
   * Fields that take arguments and that some `@requires` names: the only ones by whose own name, without an alias, a
   * client and the planner can mean different values.
   */
  readonly ambiguous: ReadonlySet<string>;
}

/** @param schema all of the supergraph, what clients can't see included. */
export function plannersNames(supergraphSdl: string, schema: GraphQLSchema): PlannersNames {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  let prefix = '_';
  while (fields.some(({ name }) => name.startsWith(prefix) && /^\d/.test(name.slice(prefix.length)))) {
    prefix += '_';
  }
  const withArguments = new Set(fields.filter(({ args }) => args.length > 0).map(({ name }) => name));
  return {
    prefix,
    ambiguous: new Set([...requiredFields(supergraphSdl)].filter((name) => withArguments.has(name))),
  };
}

/** Names in the selections of all `@join__field(requires:)`. */
function requiredFields(supergraphSdl: string): ReadonlySet<string> {
  const names = new Set<string>();
  visit(parse(supergraphSdl, { noLocation: true }), {
    Directive(directive) {
      if (directive.name.value !== 'join__field') return;
      const requires = directive.arguments?.find(({ name }) => name.value === 'requires')?.value;
      if (requires?.kind !== Kind.STRING) return;
      visit(parse(`{ ${requires.value} }`, { noLocation: true }), {
        Field: ({ name }) => void names.add(name.value),
      });
    },
  });
  return names;
}
