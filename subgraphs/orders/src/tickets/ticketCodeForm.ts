import { decodeBase45, encodeBase45 } from './base45.js';

/** What a ticket's code says, and the signature over it. */
export interface TicketCodeForm {
  readonly ticketId: string;
  readonly eventId: string;
  /** From 1 to 16,777,215. */
  readonly codeVersion: number;
  /** The last four hexadecimal digits of the key's id: which published keys are tried. */
  readonly keyHint: string;
}

/** The first byte: this layout. */
const FORMAT = 1;
const SIGNED_BYTES = 38;
const SIGNATURE_BYTES = 64;
/** Characters of a code: of the 154 that a QR code of 37 × 37 modules takes at level L. */
const CODE_LENGTH = ((SIGNED_BYTES + SIGNATURE_BYTES) / 2) * 3;

/**
 * The bytes that are signed: format (1), version (3, big-endian), key hint (2), ticket's id (16), event's id (16). 102
 * bytes with the signature is the most that fits; docs/tickets.md shows the layout to those who write a scanner.
 */
export function signedBytes({ ticketId, eventId, codeVersion, keyHint }: TicketCodeForm): Buffer {
  const bytes = Buffer.alloc(SIGNED_BYTES);
  bytes.writeUInt8(FORMAT, 0);
  bytes.writeUIntBE(codeVersion, 1, 3);
  bytes.write(keyHint, 4, 'hex');
  bytes.write(ticketId.replaceAll('-', ''), 6, 'hex');
  bytes.write(eventId.replaceAll('-', ''), 22, 'hex');
  return bytes;
}

/** The text of a code. It neither begins nor ends with a space, so that trimming does not harm it. */
export function writeTicketCode(signed: Buffer, signature: Buffer): string {
  return encodeBase45(Buffer.concat([signed, signature]));
}

/** Reads a code, without checking its signature. @returns null for what has not this form. */
export function readTicketCode(
  code: string,
): (TicketCodeForm & { readonly signed: Buffer; readonly signature: Buffer }) | null {
  const bytes = code.length === CODE_LENGTH ? decodeBase45(code) : null;
  if (bytes?.[0] !== FORMAT) return null;
  return {
    ticketId: idAt(bytes, 6),
    eventId: idAt(bytes, 22),
    codeVersion: bytes.readUIntBE(1, 3),
    keyHint: bytes.toString('hex', 4, 6),
    signed: bytes.subarray(0, SIGNED_BYTES),
    signature: bytes.subarray(SIGNED_BYTES),
  };
}

function idAt(bytes: Buffer, at: number): string {
  return bytes.toString('hex', at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
