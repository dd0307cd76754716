import type { IncomingHttpHeaders } from 'node:http';
import { HeaderMap } from '@apollo/server';
import { bearerToken } from '../auth/bearerToken.js';

/** A header that no form and no link of a page can send: with it Apollo Server takes a request to be meant. */
const PROOF = 'apollo-require-preflight';

/**
 * A request's headers, as Apollo Server takes them. A bearer token counts as proof that the request is meant: a browser never
 * adds one by itself, and lets a page of another site send one only after asking us (CORS). Basic, Negotiate and cookies
 * prove nothing: those it adds.
 */
export function apolloHeaders(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  if (bearerToken(headers.authorization) !== undefined) map.set(PROOF, 'yes');
  return map;
}
