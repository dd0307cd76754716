import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Keyring, Sealer } from '@foyer/platform';
import type { ReadWebTokenCode } from './createWebTokenCodeReader.js';
import { readTicketCode, signedBytes, writeTicketCode } from './ticketCodeForm.js';

/** What a ticket's code says. */
export interface TicketCode {
  readonly ticketId: string;
  readonly eventId: string;
  /** Rises with every transfer: codes of a lower one are dead. */
  readonly codeVersion: number;
}

/** A ticket whose code is made. */
export interface CodedTicket extends TicketCode {
  /** The key that it remembers; null: the first one. */
  readonly codeKey: string | null;
}

/**
 * Makes and reads the signed codes of tickets: Ed25519 (RFC 8032) over a binary form, in Base45. A ticket's code is the
 * same text whenever it is made, and anybody can check it with the published keys.
 */
export interface TicketCodes {
  /** The key that a new code is signed with, for its ticket to remember. Asked before a transaction: signing in it needs no second connection then. */
  presentKey(): Promise<string>;
  sign(ticket: CodedTicket): Promise<string>;
  /** A signed code and the short one, sealed for notifications. */
  seal(
    ticket: CodedTicket & { readonly shortCode: string },
  ): Promise<{ readonly sealedCode: string; readonly sealedShortCode: string }>;
  /** @returns null for anything that is no code of ours. */
  read(code: string): Promise<TicketCode | null>;
}

/**
 * Ticket codes with the keys of a keyring.
 * @param readWebToken reads codes of the form before.
 */
export function createTicketCodes(
  keyring: Keyring,
  sealer: Sealer,
  readWebToken: ReadWebTokenCode,
): TicketCodes {
  const publicKeys = new Map<string, KeyObject>();

  /** The published keys whose ids end so; nearly always one. */
  const keysFor = async (keyHint: string): Promise<readonly KeyObject[]> => {
    const { keys } = await keyring.jwks();
    return keys
      .filter(({ kid }) => hintOf(kid) === keyHint)
      .map((jwk) => {
        const key = publicKeys.get(jwk.kid) ?? createPublicKey({ key: jwk, format: 'jwk' });
        publicKeys.set(jwk.kid, key);
        return key;
      });
  };
  const signCode: TicketCodes['sign'] = async ({ codeKey, ...ticket }) => {
    const { kid, privateKey } = await keyring.signingKeyOf(codeKey);
    const signed = signedBytes({ ...ticket, keyHint: hintOf(kid) });
    return writeTicketCode(signed, sign(null, signed, privateKey));
  };
  return {
    async presentKey() {
      return (await keyring.signingKey()).kid;
    },
    sign: signCode,
    async seal(ticket) {
      return {
        sealedCode: sealer.seal('ticket-code', await signCode(ticket)),
        sealedShortCode: sealer.seal('ticket-short-code', ticket.shortCode),
      };
    },
    async read(code) {
      const form = readTicketCode(code.trim());
      if (!form) return readWebToken(code.trim());
      const { ticketId, eventId, codeVersion, keyHint, signed, signature } = form;
      const keys = await keysFor(keyHint);
      return keys.some((key) => verify(null, signed, key, signature))
        ? { ticketId, eventId, codeVersion }
        : null;
    },
  };
}

function hintOf(kid: string): string {
  return kid.slice(-4);
}
