/**
 * What an operation of Foyer's graph may cost at most, by the `@cost` and `@listSize` of its schema (a test keeps it far
 * above what documents, front ends and tests ask for). What comes with its parent's row, such as an amount of money, costs
 * nothing.
 */
export const MAX_COST = 5_000;
