import { types } from 'node:util';

/**
 * The words of an error for people: where Node tried several addresses of a name its own message is empty, and theirs
 * are given.
 */
export function describeError(error: unknown): string {
  // Not `instanceof`: in Jest, Node's own errors are of another realm.
  if (!types.isNativeError(error)) return String(error);
  if (error.message === '' && 'errors' in error && Array.isArray(error.errors)) {
    return [...new Set(error.errors.map(describeError))].join('; ');
  }
  return error.message === '' ? error.name : error.message;
}
