/** Base45 (RFC 9285): exactly the characters that a QR code keeps in its alphanumeric mode, two in 11 bits. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const BASE = ALPHABET.length;

/** Writes bytes as text: three characters for two bytes, two for a last single one. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [first = 0, second] = bytes.subarray(at, at + 2);
    const value = second === undefined ? first : first * 256 + second;
    text += charAt(value % BASE) + charAt(Math.floor(value / BASE) % BASE);
    if (second !== undefined) text += charAt(Math.floor(value / BASE / BASE));
  }
  return text;
}

/** Reads bytes back. @returns null for a text that no bytes are written as. */
export function decodeBase45(text: string): Buffer | null {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((character) => ALPHABET.indexOf(character));
    if (digits.includes(-1)) return null;
    const value = digits.reduceRight((sum, digit) => sum * BASE + digit, 0);
    if (value >= (digits.length === 3 ? 65_536 : 256)) return null;
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Buffer.from(bytes);
}

function charAt(digit: number): string {
  return ALPHABET.charAt(digit);
}
