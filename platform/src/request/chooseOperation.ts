import { getOperationAST, GraphQLError, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { shorten } from './shorten.js';

/**
 * The operation that a request means.
 * @throws GraphQLError `OPERATION_RESOLUTION_FAILURE` (status 400) when its name chooses none, or it has none and there are
 * several.
 */
export function chooseOperation(
  document: DocumentNode,
  operationName: string | undefined,
): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  throw noOperation(operationName);
}

/** The error for a request whose operation can't be chosen. */
export function noOperation(operationName: string | null | undefined): GraphQLError {
  const message = operationName
    ? shorten(`The document has no operation that is called ${operationName}.`)
    : 'The document has not exactly one operation: say with `operationName` which you mean.';
  return new GraphQLError(message, {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
  });
}
