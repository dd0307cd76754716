import { getNamedType, isInputObjectType, type GraphQLInputType } from 'graphql';
import type { Costs } from './readCosts.js';

/** Whether what is given for a type can cost anything. */
export function canCost(costs: Costs, type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return isInputObjectType(named) || costs.ofType(named.name) !== null;
}

/**
 * What a value costs that is given to an argument: 1 for every input object, 0 for scalars and enums, where `@cost` says
 * nothing else.
 * @param value coerced.
 */
export function inputCost(costs: Costs, type: GraphQLInputType, value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (Array.isArray(value)) {
    return value.reduce<number>((total, each) => total + inputCost(costs, type, each), 0);
  }
  const named = getNamedType(type);
  const own = costs.ofType(named.name);
  if (!isInputObjectType(named)) return own ?? 0;
  return Object.values(named.getFields()).reduce((total, field) => {
    const given = (value as Readonly<Record<string, unknown>>)[field.name];
    if (given === null || given === undefined) return total;
    return total + (costs.ofField(named.name, field.name) ?? 0) + inputCost(costs, field.type, given);
  }, own ?? 1);
}
