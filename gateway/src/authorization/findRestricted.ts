import {
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isInterfaceType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Requirements } from './readRequirements.js';
import type { Requirement } from './requirement.js';

/** `@include` and `@skip` on the way to a field: all must hold for it to be asked for. */
export interface Condition {
  /** Name of the variable, or the constant. */
  readonly value: string | boolean;
  /** What the value must be. */
  readonly wanted: boolean;
}

/** One place of an operation where a restricted field is asked for. */
export interface RestrictedField {
  readonly node: FieldNode;
  readonly requirement: Requirement;
  /** `Query.me`, for messages. */
  readonly coordinate: string;
  /** Response names from the root. It ends before the first list, where places have no names. */
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
  /** Restricted fields that this one stands inside of. */
  readonly within: readonly FieldNode[];
}

/** What the walk knows of where it is. */
interface Place {
  readonly path: readonly string[];
  /** Inside a list, where no path is kept. */
  readonly listed: boolean;
  readonly conditions: readonly Condition[];
  readonly within: readonly FieldNode[];
}

/**
 * Finds all fields of an operation that demand something of the caller, each at every place where a fragment puts it.
 * The operation is valid, and small enough to be expanded (`limits/`).
 */
export function findRestricted(
  schema: GraphQLSchema,
  requirements: Requirements,
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): readonly RestrictedField[] {
  const found: RestrictedField[] = [];

  const walk = (selections: SelectionSetNode, type: GraphQLCompositeType, place: Place): void => {
    for (const selection of selections.selections) {
      const conditions = [...place.conditions, ...conditionsOf(selection)];
      if (selection.kind === Kind.FIELD) {
        walkField(selection, type, { ...place, conditions });
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      if (!fragment) continue;
      const condition = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (isCompositeType(condition)) walk(fragment.selectionSet, condition, { ...place, conditions });
    }
  };

  const walkField = (node: FieldNode, type: GraphQLCompositeType, place: Place): void => {
    const name = node.name.value;
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (!field) return;
    const path = place.listed ? place.path : [...place.path, node.alias?.value ?? name];
    const requirement = requirements.ofField(type.name, name);
    if (requirement) {
      const { conditions, within } = place;
      found.push({ node, requirement, coordinate: `${type.name}.${name}`, path, conditions, within });
    }
    const result = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(result)) return;
    walk(node.selectionSet, result, {
      path,
      listed: place.listed || hasList(field.type),
      conditions: place.conditions,
      within: requirement ? [...place.within, node] : place.within,
    });
  };

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, { path: [], listed: false, conditions: [], within: [] });
  return found;
}

function hasList(type: GraphQLOutputType): boolean {
  if (isNonNullType(type)) return hasList(type.ofType as GraphQLOutputType);
  return isListType(type);
}

function conditionsOf(selection: SelectionNode): readonly Condition[] {
  return (selection.directives ?? []).flatMap((directive): readonly Condition[] => {
    const name = directive.name.value;
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    if ((name !== 'include' && name !== 'skip') || !value) return [];
    const wanted = name === 'include';
    if (value.kind === Kind.VARIABLE) return [{ value: value.name.value, wanted }];
    return value.kind === Kind.BOOLEAN ? [{ value: value.value, wanted }] : [];
  });
}
