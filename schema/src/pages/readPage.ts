import { invalidArguments, type InvalidField } from '@foyer/platform/domain';
import { decodeCursor, type KeyKind, type Position } from './cursor.js';

/** The arguments of a connection field. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Which part of a list is asked for. */
export interface Page {
  /** Name of the order in which the list stands. */
  readonly order: string;
  /** The most elements to give. */
  readonly first: number;
  /** What to ask the store for: one more than `first`, to see whether something follows. */
  readonly limit: number;
  /** Only elements behind this position; null for the beginning. */
  readonly after: Position | null;
}

/** How a list is paged. */
export interface PageOptions {
  /** Name of the order, `created` or `start`; cursors of another order are refused. */
  readonly order: string;
  /** What its sort keys are. */
  readonly key: KeyKind;
  /** Taken when `first` is absent. */
  readonly defaultFirst?: number;
}

/** The most elements of one page. */
export const MAXIMUM_FIRST = 100;

/**
 * Reads the arguments of a connection field.
 * @throws GraphQLError with code `INVALID_INPUT` when `first` is not 1 to 100 or `after` is no cursor of this order.
 */
export function readPage(
  { first, after }: PageArguments,
  { order, key, defaultFirst = 20 }: PageOptions,
): Page {
  const wrong: InvalidField[] = [];
  const count = first ?? defaultFirst;
  if (!Number.isInteger(count) || count < 1 || count > MAXIMUM_FIRST) {
    const message = `Use a whole number from 1 to ${MAXIMUM_FIRST}.`;
    wrong.push({ path: 'first', rule: 'OUT_OF_RANGE', message });
  }
  const position = after === null || after === undefined ? null : decodeCursor(order, key, after);
  if (typeof after === 'string' && position === null) {
    wrong.push({
      path: 'after',
      rule: 'NOT_A_CURSOR',
      message: 'Give a cursor that this same list returned.',
    });
  }
  if (wrong.length > 0) throw invalidArguments(wrong);
  return { order, first: count, limit: count + 1, after: position };
}
