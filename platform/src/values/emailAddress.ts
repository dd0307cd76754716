import { domainToASCII, domainToUnicode } from 'node:url';

/** The longest email address, in characters. */
export const MAXIMUM_EMAIL = 255;

/**
 * An email address as it is stored and compared: trimmed, composed (NFC), lower case, and an internationalized domain
 * (UTS 46) in its Unicode form, however it was written. What is no address comes back as some text that is none either.
 */
export function normalEmailAddress(text: string): string {
  const plain = text.normalize('NFC').trim().toLowerCase().normalize('NFC');
  const at = plain.lastIndexOf('@');
  const domain = plain.slice(at + 1);
  // domainToASCII reads as browsers do, who take %41 for an A and 1.2 for the machine 1.0.0.2.
  if (at === -1 || !/^[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61-]+$/u.test(domain)) return plain;
  const ascii = domainToASCII(domain);
  return isDomain(ascii) ? `${plain.slice(0, at)}@${domainToUnicode(ascii)}` : plain;
}

/** What the HTML Living Standard takes for a local part, with letters of other scripts as in RFC 6531. No quoting. */
const LOCAL_PART = /^(?:[a-z0-9.!#$%&'*+/=?^_`{|}~-]|(?![\p{C}\p{Z}])[^\0-\x7f])+$/u;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** A name of two labels at least (RFC 1123), the last of which is no number: `10.0.0.7` names no domain. */
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+(?![0-9]+$)${LABEL}$`);

/**
 * Whether a normalized text is an email address: one recipient, read the same by every mail program, without quotes,
 * comments, groups or routes. Whether mail reaches it, only a mail can tell.
 */
export function isEmailAddress(email: string): boolean {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  return (
    [...email].length <= MAXIMUM_EMAIL &&
    LOCAL_PART.test(email.slice(0, Math.max(at, 0))) &&
    /^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) &&
    isDomain(domainToASCII(domain))
  );
}

/** An address for the wire: the domain in ASCII, as mail servers want it (RFC 5890). @param email one that is an address. */
export function wireEmailAddress(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at)}@${domainToASCII(email.slice(at + 1))}`;
}

function isDomain(ascii: string): boolean {
  return ascii.length <= 253 && DOMAIN.test(ascii);
}
