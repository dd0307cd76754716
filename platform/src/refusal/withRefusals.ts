import { Refused, type RefusalData } from './refused.js';

/**
 * Wraps a mutation's resolver: a thrown `Refused` becomes its value (the refusal member of the union); every other
 * error goes on as a fault.
 */
export function withRefusals<Arguments extends readonly unknown[], Result>(
  resolve: (...input: Arguments) => Promise<Result>,
): (...input: Arguments) => Promise<Result | RefusalData> {
  return async (...input) => {
    try {
      return await resolve(...input);
    } catch (error) {
      if (error instanceof Refused) return error.refusal;
      throw error;
    }
  };
}
