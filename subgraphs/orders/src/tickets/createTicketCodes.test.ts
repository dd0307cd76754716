import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { createSealer, newId, type Keyring } from '@foyer/platform';
import { createTestKeyring } from '@foyer/platform/testing';
import jsQR from 'jsqr';
import { create } from 'qrcode';
import { decodeBase45, encodeBase45 } from './base45.js';
import { createTicketCodes, type CodedTicket } from './createTicketCodes.js';

const sealer = createSealer('a secret for tests that has 32 characters');
const codesOf = (keyring: Keyring) => createTicketCodes(keyring, sealer, () => Promise.resolve(null));
const ticket = (more: Partial<CodedTicket> = {}): CodedTicket => ({
  ticketId: newId(),
  eventId: newId(),
  codeVersion: 1,
  codeKey: null,
  ...more,
});

describe('a ticket code', () => {
  it('is read as what was signed', async () => {
    const codes = codesOf(createTestKeyring('ticket-code'));
    for (const codeVersion of [1, 2, 16_777_215]) {
      const { codeKey, ...said } = ticket({ codeVersion });
      expect(await codes.read(await codes.sign({ ...said, codeKey }))).toEqual(said);
    }
  });

  it('is always the same text, in every process, and also after its key was rotated', async () => {
    const keyring = createTestKeyring('ticket-code');
    const remembered = ticket({ codeKey: await codesOf(keyring).presentKey() });
    const before = ticket();
    const [first, older] = [await codesOf(keyring).sign(remembered), await codesOf(keyring).sign(before)];
    await keyring.rotate();
    expect(await codesOf(keyring).sign(remembered)).toBe(first);
    expect(await codesOf(keyring).sign(before)).toBe(older);
    const next = { ...remembered, codeKey: await codesOf(keyring).presentKey() };
    expect(await codesOf(keyring).sign(next)).not.toBe(first);
    expect(await codesOf(keyring).read(first)).toMatchObject({ ticketId: remembered.ticketId });
  });

  it('is checked without a connection, as docs/tickets.md says', async () => {
    const keyring = createTestKeyring('ticket-code');
    const bytes = decodeBase45(await codesOf(keyring).sign(ticket())) ?? Buffer.alloc(0);
    const { keys } = JSON.parse(JSON.stringify(await keyring.jwks())) as { keys: { kid: string }[] };
    const jwk = keys.find(({ kid }) => kid.endsWith(bytes.toString('hex', 4, 6)));
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    expect(verify(null, bytes.subarray(0, 38), key, bytes.subarray(38))).toBe(true);
  });

  it('fits into 37 × 37 modules at level L, read at 120 pixels, whatever it says', async () => {
    const codes = codesOf(createTestKeyring('ticket-code'));
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const code = await codes.sign(ticket({ codeVersion: attempt + 1 }));
      expect(code).toMatch(/^[0-9A-Z$%*+\-./:][0-9A-Z $%*+\-./:]{151}[0-9A-Z$%*+\-./:]$/);
      const { modules } = create([{ data: code, mode: 'alphanumeric' }], { errorCorrectionLevel: 'L' });
      expect(modules.size).toBe(37);
      expect(readAt(120, modules)).toBe(code);
    }
  });

  it('is worth nothing when a bit of it is another, or another key signed it', async () => {
    const keyring = createTestKeyring('ticket-code');
    const codes = codesOf(keyring);
    const code = await codes.sign(ticket());
    const bytes = decodeBase45(code) ?? Buffer.alloc(0);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await codes.read(encodeBase45(changed))).toBeNull();
    }
    expect(await codesOf(createTestKeyring('ticket-code')).read(code)).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['a long text', 'A'.repeat(100_000)],
    ['what is no Base45', 'ä'.repeat(153)],
    ['more than fits into the bytes', ':'.repeat(153)],
    ['random bytes', encodeBase45(randomBytes(102))],
    ['a null character', '\0'.repeat(153)],
    ['half of a pair', '\ud800'.repeat(153)],
  ])('is not %s', async (_, text) => {
    expect(await codesOf(createTestKeyring('ticket-code')).read(text)).toBeNull();
  });
});

/** Reads a code as a picture of so many pixels with the margin of four modules; greys where modules meet in a pixel. */
function readAt(width: number, { size, data }: { size: number; data: ArrayLike<number> }): string | null {
  const samples = 4;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  const module = (at: number) => Math.floor((at * (size + 8)) / width) - 4;
  for (let pixel = 0; pixel < width * width; pixel += 1) {
    let black = 0;
    for (let sample = 0; sample < samples ** 2; sample += 1) {
      const x = module((pixel % width) + ((sample % samples) + 0.5) / samples);
      const y = module(Math.floor(pixel / width) + (Math.floor(sample / samples) + 0.5) / samples);
      if (x >= 0 && y >= 0 && x < size && y < size && data[y * size + x]) black += 1;
    }
    pixels.fill(255 - (black * 255) / samples ** 2, pixel * 4, pixel * 4 + 3);
  }
  return jsQR(pixels, width, width)?.data ?? null;
}
