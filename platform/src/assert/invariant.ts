/** A defect of ours: something that cannot be, is. Never caused by what a caller sends. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/**
 * States what must hold if our code is right.
 * @throws InvariantViolation when it does not: a bug of ours, masked towards the caller.
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message);
}
