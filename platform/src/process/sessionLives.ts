import { Agent, request } from 'undici';
import type { ClientTls } from '../tls/clientTls.js';

const TIMEOUT_MS = 5000;

/**
 * Whether a person's access token is of a session that has not ended: users alone knows that at once. For development,
 * where a subgraph takes such a token itself.
 * @param urls of users; the first is asked. @param token verified already.
 * @throws what it failed with when users does not answer.
 */
export async function sessionLives(
  [url]: readonly string[],
  token: string,
  tls: ClientTls = {},
): Promise<boolean> {
  const dispatcher = new Agent({
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connect: { timeout: TIMEOUT_MS, ...tls },
  });
  try {
    const { body } = await request(`${url ?? ''}/graphql`, {
      dispatcher,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ me { id } }' }),
    });
    const { data } = (await body.json()) as { data?: { me?: { id?: unknown } | null } | null };
    return typeof data?.me?.id === 'string';
  } finally {
    await dispatcher.close();
  }
}
