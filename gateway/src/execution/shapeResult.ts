import type { Identity } from '@foyer/platform';
import { GraphQLError, type ExecutionResult } from 'graphql';
import { forbiddenError } from '../authorization/forbiddenError.js';
import { endsAtPlaceholder } from '../authorization/placeholders.js';
import type { Plan } from './createOperations.js';
import { restoreNames, type Occurrence } from './names/restoreNames.js';
import { restorePath } from './names/restorePath.js';

/**
 * Finishes what `executeQueryPlan` gave: everything gets the client's names, forbidden fields their errors, and values
 * that break the schema's promises become errors, which the executor would hide in `extensions.valueCompletion`.
 */
export function shapeResult(result: ExecutionResult, plan: Plan, identity: Identity): ExecutionResult {
  const completion = (result.extensions?.['valueCompletion'] ?? []) as readonly GraphQLError[];
  const broken = completion.filter(({ path }) => !endsAtPlaceholder(path)).map(brokenValue);
  const { data, occurrences } = plan.renamings
    ? restoreNames(result.data, plan.renamings)
    : { data: result.data, occurrences: [] };
  const errors = [
    ...[...(result.errors ?? []), ...broken].map((error) => restorePath(error, plan.responseNames)),
    ...forbiddenErrors(plan, occurrences, identity),
  ];
  const shaped = { data: data ?? null };
  return errors.length === 0 ? shaped : { ...shaped, errors };
}

/** An error for every null that stands for a forbidden field; where it took its parents with it, one for the field. */
function forbiddenErrors(
  { placeholders }: Plan,
  occurrences: readonly Occurrence[],
  identity: Identity,
): GraphQLError[] {
  return placeholders.flatMap(({ coordinate, path }, number) => {
    const places = occurrences.filter((each) => each.number === number).map((each) => each.path);
    return (places.length > 0 ? places : [path]).map((place) => forbiddenError(coordinate, place, identity));
  });
}

/** A subgraph broke its own schema: a fault, to be masked. */
function brokenValue(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, { ...(error.path && { path: error.path }) });
}
