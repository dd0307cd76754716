import { Kind, visit, type DocumentNode, type NameNode } from 'graphql';
import type { PlannersNames } from './plannersNames.js';

/** An operation whose names can't meet those of its plan. */
export interface RenamedOperation {
  readonly document: DocumentNode;
  /** The client's response names, by those that stand for them now. */
  readonly responseNames: ReadonlyMap<string, string>;
  /** The variables' values under the names that they have now. */
  variables(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

/** The planner's name for the entities that it asks for. */
const REPRESENTATIONS = 'representations';

/**
 * The planner fetches keys, `__typename` and `@requires` fields under their own names into the same objects as what the
 * client asked for, and trusts whatever it finds there. So every name that a client chose (an alias), and every ambiguous
 * field, gets a name that no field can have: `_0`, `_1` and so on, one for each response name. What merged before still
 * merges, and nothing else does.
 * @param document one valid operation and its fragments.
 * @see https://github.com/apollographql/federation/issues/3036
 */
export function renameOperation(
  document: DocumentNode,
  { prefix, ambiguous }: PlannersNames,
): RenamedOperation {
  const numbered = new Map<string, string>();
  const variable = newVariableName(document);
  const nameOf = (responseName: string): NameNode => {
    const name = numbered.get(responseName) ?? `${prefix}${numbered.size}`;
    numbered.set(responseName, name);
    return { kind: Kind.NAME, value: name };
  };
  const renamed = visit(document, {
    Field(node) {
      const name = node.name.value;
      const responseName = node.alias?.value ?? name;
      if (responseName === name && !ambiguous.has(name)) return undefined;
      return { ...node, alias: nameOf(responseName) };
    },
    Variable(node) {
      if (node.name.value !== REPRESENTATIONS) return undefined;
      return { ...node, name: { kind: Kind.NAME, value: variable } };
    },
  });
  return {
    document: renamed,
    responseNames: new Map([...numbered].map(([responseName, name]) => [name, responseName])),
    variables(given) {
      if (!Object.hasOwn(given, REPRESENTATIONS)) return given;
      const { [REPRESENTATIONS]: value, ...others } = given;
      return { ...others, [variable]: value };
    },
  };
}

/** A name for a client's `$representations` that none of its other variables has. */
function newVariableName(document: DocumentNode): string {
  const taken = new Set<string>();
  visit(document, {
    VariableDefinition: ({ variable }) => void taken.add(variable.name.value),
  });
  let name = `_${REPRESENTATIONS}`;
  while (taken.has(name)) name = `_${name}`;
  return name;
}
