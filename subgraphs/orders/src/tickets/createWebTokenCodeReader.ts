import {
  createKeySet,
  createTokenVerifier,
  isId,
  TICKET_TOKEN,
  TokenRejected,
  type Clock,
  type Keyring,
} from '@foyer/platform';
import type { TicketCode } from './createTicketCodes.js';

/** Reads a code of the form before: a JSON Web Token. @returns null for anything that is no living one of ours. */
export type ReadWebTokenCode = (code: string) => Promise<TicketCode | null>;

/**
 * The reader of the codes that were mailed before there were compact ones. docs/tickets.md says how to find out when the
 * last event that has one is over; then this file goes, and the keys of `ticket` with it.
 * @param keys of the purpose `ticket`, which sign nothing any more.
 */
export function createWebTokenCodeReader(keys: Pick<Keyring, 'jwks'>, clock: Clock): ReadWebTokenCode {
  const verifier = createTokenVerifier(
    TICKET_TOKEN,
    createKeySet(() => keys.jwks(), clock),
    clock,
  );
  return async (code) => {
    try {
      const { ticketId, eventId, version } = (await verifier.verify(code)) as Record<string, unknown>;
      const known =
        typeof ticketId === 'string' && isId(ticketId) && typeof eventId === 'string' && isId(eventId);
      return known && typeof version === 'number' ? { ticketId, eventId, codeVersion: version } : null;
    } catch (error) {
      if (error instanceof TokenRejected) return null;
      throw error;
    }
  };
}
