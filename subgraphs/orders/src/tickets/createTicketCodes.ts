import {
  createKeySet,
  createTokenSigner,
  createTokenVerifier,
  isId,
  TICKET_TOKEN,
  TokenRejected,
  type Clock,
  type Keyring,
  type Sealer,
} from '@foyer/platform';

/** What a ticket's code says. */
export interface TicketCode {
  readonly ticketId: string;
  readonly eventId: string;
  /** Rises with every transfer: codes of a lower one are dead. */
  readonly codeVersion: number;
}

/** Makes and reads the signed codes of tickets: ES256 tokens that anybody can check with the published keys. */
export interface TicketCodes {
  /** Has the signing key at hand, so that signing within a transaction needs no second connection. */
  prepare(): Promise<void>;
  /** @param endsAt the event's end; the code outlives it by some time. */
  sign(ticket: TicketCode, endsAt: Date): Promise<string>;
  /** A signed code, sealed for notifications. */
  seal(ticket: TicketCode, endsAt: Date): Promise<string>;
  /** @returns null for anything that is no living code of ours. */
  read(code: string): Promise<TicketCode | null>;
}

/** Codes outlive their event by a week: it may take place later than was planned. */
const AFTERLIFE_MS = 7 * 24 * 60 * 60 * 1000;

/** Ticket codes with the keys of a keyring. */
export function createTicketCodes(keyring: Keyring, sealer: Sealer, clock: Clock): TicketCodes {
  const signer = createTokenSigner(TICKET_TOKEN, keyring, clock);
  const verifier = createTokenVerifier(
    TICKET_TOKEN,
    createKeySet(() => keyring.jwks(), clock),
    clock,
  );

  const sign = ({ ticketId, eventId, codeVersion }: TicketCode, endsAt: Date): Promise<string> => {
    const until = Math.max(endsAt.getTime(), clock.now().getTime()) + AFTERLIFE_MS;
    const lifetime = Math.ceil((until - clock.now().getTime()) / 1000);
    const claims = { jti: `${ticketId}.${codeVersion}`, ticketId, eventId, version: codeVersion };
    return signer.sign(claims, lifetime);
  };
  return {
    async prepare() {
      await keyring.signingKey();
    },
    sign,
    async seal(ticket, endsAt) {
      return sealer.seal('ticket-code', await sign(ticket, endsAt));
    },
    async read(code) {
      try {
        const { ticketId, eventId, version } = (await verifier.verify(code.trim())) as Record<
          string,
          unknown
        >;
        const known =
          typeof ticketId === 'string' && isId(ticketId) && typeof eventId === 'string' && isId(eventId);
        return known && typeof version === 'number' ? { ticketId, eventId, codeVersion: version } : null;
      } catch (error) {
        if (error instanceof TokenRejected) return null;
        throw error;
      }
    },
  };
}
