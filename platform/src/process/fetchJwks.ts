import { request } from 'undici';
import type { Jwks } from '../identity/keySet.js';

/** Gets the key set that a process publishes. @param url of the process. @throws when it does not answer within 5 s. */
export async function fetchJwks(url: string): Promise<Jwks> {
  const { statusCode, body } = await request(`${url}/.well-known/jwks.json`, {
    headersTimeout: 5000,
    bodyTimeout: 5000,
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode} when asked for its keys`);
  return JSON.parse(text) as Jwks;
}
