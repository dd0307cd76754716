/** Values of variables, coerced. */
export type Variables = Readonly<Record<string, unknown>>;

/** A figure of an operation: known from its text, or only with its variables. */
export type Cost = number | ((variables: Variables) => number);

/** A figure for these variables. */
export function valueOf(cost: Cost, variables: Variables): number {
  return typeof cost === 'number' ? cost : cost(variables);
}

/** The sum. */
export function sum(costs: readonly Cost[]): Cost {
  return combine(costs, (values) => values.reduce((total, each) => total + each, 0));
}

/** The largest; 0 of none. */
export function largest(costs: readonly Cost[]): Cost {
  return combine(costs, (values) => Math.max(0, ...values));
}

/** The product of two. */
export function product(left: Cost, right: Cost): Cost {
  if (left === 0 || right === 0) return 0;
  return combine([left, right], ([a = 0, b = 0]) => a * b);
}

/** What the text says is worked out once, when the operation is readied. */
function combine(costs: readonly Cost[], work: (values: readonly number[]) => number): Cost {
  if (costs.every((cost) => typeof cost === 'number')) return work(costs);
  return (variables) => work(costs.map((cost) => valueOf(cost, variables)));
}
