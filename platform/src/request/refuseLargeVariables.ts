import { badUserInput } from './badRequest.js';

/** The longest list that is taken, in variables or written in a document. Most inputs' own bounds are far below. */
export const MAXIMUM_LIST = 1000;
/** The most values in a request's variables, those in lists and objects each counted. */
const MAXIMUM_VALUES = 20_000;
/** The most levels of lists and objects in variables. */
const MAXIMUM_DEPTH = 32;

/**
 * Refuses variables that would take long to read, whatever their types say.
 * @param free names of variables that may be larger: a planner's own.
 * @throws GraphQLError `BAD_USER_INPUT` (status 400), naming the limit.
 */
export function refuseLargeVariables(
  variables: Readonly<Record<string, unknown>>,
  free: ReadonlySet<string> = NONE,
): void {
  let values = 0;
  const look = (value: unknown, name: string, depth: number): void => {
    values += 1;
    if (values > MAXIMUM_VALUES) throw tooLarge(name, `there are more than ${MAXIMUM_VALUES} values`);
    if (value === null || typeof value !== 'object') return;
    if (depth > MAXIMUM_DEPTH) throw tooLarge(name, `it has more than ${MAXIMUM_DEPTH} levels`);
    if (Array.isArray(value) && value.length > MAXIMUM_LIST) {
      throw tooLarge(name, `a list has at most ${MAXIMUM_LIST} items, not ${value.length}`);
    }
    for (const each of Object.values(value)) look(each, name, depth + 1);
  };
  for (const [name, value] of Object.entries(variables)) if (!free.has(name)) look(value, name, 1);
}

const NONE: ReadonlySet<string> = new Set();

function tooLarge(name: string, why: string) {
  return badUserInput(`The variable $${name} is too large: ${why}.`);
}
