import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import type { SubgraphRequest } from './subgraphTransport.js';

/** Whether a request only reads. What can't be parsed is not taken for a query. */
export function isQuery({ query, operationName }: Pick<SubgraphRequest, 'query' | 'operationName'>): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === OperationTypeNode.QUERY;
  } catch {
    return false;
  }
}
