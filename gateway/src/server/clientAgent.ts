import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Digest of what the client calls itself, 22 characters; undefined when it says nothing. With the address it tells one
 * device from another, roughly: it is compared, never believed.
 */
export function clientAgent({ headers }: IncomingMessage): string | undefined {
  const agent = headers['user-agent'];
  if (agent === undefined || agent === '') return undefined;
  return createHash('sha256').update(agent).digest('base64url').slice(0, 22);
}
