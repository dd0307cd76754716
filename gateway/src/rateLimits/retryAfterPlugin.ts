import type { ApolloServerPlugin, BaseContext } from '@apollo/server';

/**
 * Says in the `Retry-After` header what an answer says inside: an error's `retryAfter` or that of a root field's refusal,
 * in whole seconds; the longest, where there are several.
 */
export function retryAfterPlugin(): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ response: { body, http } }) {
          if (body.kind !== 'single') return Promise.resolve();
          const { errors = [], data } = body.singleResult;
          const waits = [...errors.map(({ extensions }) => extensions), ...Object.values(data ?? {})].flatMap(
            retryAfterOf,
          );
          if (waits.length > 0) http.headers.set('retry-after', String(Math.max(...waits)));
          return Promise.resolve();
        },
      }),
  };
}

function retryAfterOf(value: unknown): readonly number[] {
  if (value === null || typeof value !== 'object' || !('retryAfter' in value)) return [];
  const { retryAfter } = value;
  return Number.isSafeInteger(retryAfter) && (retryAfter as number) > 0 ? [retryAfter as number] : [];
}
