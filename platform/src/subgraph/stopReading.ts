import { GraphQLError, isObjectType, OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { RequestContext } from './context.js';

/**
 * Has a schema's resolvers begin nothing more for a query whose caller has gone: what nests would go on reading for an
 * answer that nobody waits for. What has begun ends by itself, and so no statement that serves others too is touched. A
 * mutation runs to its end, its payload included: it is done, and its answer is kept for who asks again.
 */
export function stopReading(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (!resolve) continue;
      field.resolve = (source, args, context, info) => {
        const { signal } = context as RequestContext;
        if (signal?.aborted && info.operation.operation === OperationTypeNode.QUERY) throw callerGone();
        return resolve(source, args, context, info);
      };
    }
  }
}

/** Nobody hears it. */
function callerGone(): GraphQLError {
  return new GraphQLError('The caller has gone.', { extensions: { code: 'CALLER_GONE' } });
}
