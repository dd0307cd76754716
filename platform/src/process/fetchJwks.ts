import { Agent, request } from 'undici';
import { invariant } from '../assert/invariant.js';
import type { Jwks } from '../identity/keySet.js';
import type { ClientTls } from '../tls/clientTls.js';

const TIMEOUT_MS = 5000;
const CONNECT_MS = 2000;

/**
 * Gets the key set that a process publishes.
 * @param urls of its instances; the first that answers is believed, for they share their keys.
 * @throws what the last instance failed with when none answers within 5 s.
 */
export async function fetchJwks(urls: readonly string[], tls: ClientTls = {}): Promise<Jwks> {
  invariant(urls.length > 0, 'there is no address to fetch keys from');
  const dispatcher = new Agent({
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connect: { timeout: urls.length > 1 ? CONNECT_MS : TIMEOUT_MS, ...tls },
  });
  try {
    let failure: unknown;
    for (const url of urls) {
      try {
        return await fetchFrom(url, dispatcher);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  } finally {
    await dispatcher.close();
  }
}

async function fetchFrom(url: string, dispatcher: Agent): Promise<Jwks> {
  const { statusCode, body } = await request(`${url}/.well-known/jwks.json`, { dispatcher });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode} when asked for its keys`);
  return JSON.parse(text) as Jwks;
}
