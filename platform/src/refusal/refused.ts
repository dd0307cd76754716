import { MAXIMUM_ERRORS } from '../request/boundErrors.js';
import { shorten } from '../request/shorten.js';

/** What every refusal carries: `__typename` chooses the member of the mutation's union. */
export interface RefusalData {
  readonly __typename: string;
  /** Stable, upper snake case: what clients branch on. */
  readonly code: string;
  /** For people: what was wrong and what to do. */
  readonly message: string;
  readonly [extra: string]: unknown;
}

/**
 * An expected "no". Thrown from within domain and store code, so that a transaction in progress rolls back;
 * `withRefusals` turns it into the refusal member of the mutation's union.
 */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly refusal: RefusalData) {
    super(refusal.message);
  }
}

/** One wrong field of an input. */
export interface InvalidField {
  /** Path from the mutation's arguments, `input.lines.0.quantity`. */
  readonly path: string;
  /** Stable rule name: `REQUIRED`, `TOO_LONG`, `NOT_POSITIVE`… */
  readonly rule: string;
  readonly message: string;
}

/** The refusal that lists every wrong field of an input, the first 50 of them. */
export function invalidInput(fields: readonly InvalidField[]): Refused {
  const listed = fields.slice(0, MAXIMUM_ERRORS).map(({ path, rule, message }) => ({
    path: shorten(path),
    rule,
    message: shorten(message),
  }));
  const more = fields.length > listed.length ? ` And ${fields.length - listed.length} more.` : '';
  return new Refused({
    __typename: 'InvalidInput',
    code: 'INVALID_INPUT',
    message: `Some values can't be used: ${listed.map((field) => `${field.path}: ${field.message}`).join(' ')}${more}`,
    fields: listed,
  });
}

/** Ids of ours are far shorter; a longer one is repeated in part. */
const LONGEST_ID = 100;

/** The refusal for an id that names nothing the caller may see. The same whether it is absent or somebody else's. */
export function notFound(what: string, id: string): Refused {
  return new Refused({
    __typename: 'NotFound',
    code: 'NOT_FOUND',
    message: `There is no ${what} with this id, or it is not yours to see.`,
    id: shorten(id, LONGEST_ID),
  });
}

/** The refusal for a caller who may see a thing but not do this to it. */
export function notPermitted(message: string): Refused {
  return new Refused({ __typename: 'NotPermitted', code: 'NOT_PERMITTED', message });
}

/** The refusal for a state that does not allow the action. */
export function notInState(message: string, state: string): Refused {
  return new Refused({ __typename: 'NotInState', code: 'NOT_IN_STATE', message, state });
}

/** The refusal for too many attempts. `retryAfter` in whole seconds. */
export function rateLimited(message: string, retryAfter: number): Refused {
  return new Refused({ __typename: 'RateLimited', code: 'RATE_LIMITED', message, retryAfter });
}
