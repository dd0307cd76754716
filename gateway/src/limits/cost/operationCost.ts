import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  valueFromAST,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { largest, product, sum, type Cost } from './cost.js';
import { canCost, inputCost } from './inputCost.js';
import type { Costs, ListSize } from './readCosts.js';

/** What a mutation costs besides its fields, as in Apollo Router. */
const MUTATION = 10;

/** Elements of a list of which the schema says nothing. */
const UNKNOWN_SIZE = 10;

/** Sizes that a field says its object's lists have. */
type Sizes = ReadonlyMap<string, Cost>;

/**
 * Estimates what an operation costs before it runs, by the rules of `@cost` and `@listSize`: an object costs 1, scalars
 * and enums nothing, a list as often as it may have elements, input objects 1 each, a mutation 10 more. Of an abstract
 * type's fragments on objects only the dearest counts, for a value has one type. Introspection, and what `@skip` and
 * `@include` may take away, is not judged: the first is free, the second counted.
 * @param operation valid, small enough to be expanded (`limitsRule`).
 * @see https://www.apollographql.com/docs/graphos/routing/security/demand-control
 */
export function operationCost(
  schema: GraphQLSchema,
  costs: Costs,
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): Cost {
  const ofSelections = ({ selections }: SelectionSetNode, type: GraphQLCompositeType, sizes: Sizes): Cost => {
    const always: Cost[] = [];
    const onObjects = new Map<string, Cost[]>();
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        always.push(ofField(selection, type, sizes));
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      const condition = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (!fragment || !isCompositeType(condition)) continue;
      const cost = ofSelections(fragment.selectionSet, condition, sizes);
      if (!isAbstractType(type) || !isObjectType(condition)) always.push(cost);
      else onObjects.set(condition.name, [...(onObjects.get(condition.name) ?? []), cost]);
    }
    return sum([...always, largest([...onObjects.values()].map(sum))]);
  };

  const ofField = (node: FieldNode, type: GraphQLCompositeType, sizes: Sizes): Cost => {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    // Introspection has no field of the schema: it reads nothing.
    if (!field) return 0;
    const named = getNamedType(field.type);
    const composite = isCompositeType(named);
    const size = costs.listSize(type.name, field.name);
    const own = costs.ofField(type.name, field.name) ?? costs.ofType(named.name) ?? (composite ? 1 : 0);
    const sized: Sizes = new Map(size?.sizedFields.map((name) => [name, elements(size, field, node)]));
    const inner = composite && node.selectionSet ? ofSelections(node.selectionSet, named, sized) : 0;
    const count = isListType(getNullableType(field.type))
      ? (sizes.get(field.name) ?? (size ? elements(size, field, node) : UNKNOWN_SIZE))
      : 1;
    const given = field.args.map((argument) => ofArgument(argument, node, type.name, field.name));
    return sum([product(count, sum([own, inner])), ...given]);
  };

  const ofArgument = (argument: GraphQLArgument, node: FieldNode, type: string, field: string): Cost => {
    const value = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
    if (!value) return 0;
    const weight = costs.ofArgument(type, field, argument.name);
    if (weight !== null) return weight;
    if (!canCost(costs, argument.type)) return 0;
    return (variables) => inputCost(costs, argument.type, valueFromAST(value, argument.type, variables));
  };

  const root = schema.getRootType(operation.operation);
  const selections = root ? ofSelections(operation.selectionSet, root, new Map()) : 0;
  return operation.operation === OperationTypeNode.MUTATION ? sum([MUTATION, selections]) : selections;
}

/** How many elements a list may have. */
function elements(size: ListSize, field: GraphQLField<unknown, unknown>, node: FieldNode): Cost {
  const asked = size.slicingArguments.flatMap((name): Cost[] => {
    const argument = field.args.find((each) => each.name === name);
    const value = node.arguments?.find((each) => each.name.value === name)?.value;
    const fallback = numberOr(argument?.defaultValue, null);
    if (value?.kind === Kind.INT) return [Math.max(0, Number(value.value))];
    if (value?.kind === Kind.VARIABLE) {
      const variable = value.name.value;
      const unsaid = fallback ?? size.assumedSize ?? UNKNOWN_SIZE;
      return [(variables) => Math.max(0, numberOr(variables[variable], unsaid))];
    }
    return fallback === null ? [] : [fallback];
  });
  return asked.length > 0 ? largest(asked) : (size.assumedSize ?? UNKNOWN_SIZE);
}

function numberOr<Fallback>(value: unknown, fallback: Fallback): number | Fallback {
  return typeof value === 'number' ? value : fallback;
}
