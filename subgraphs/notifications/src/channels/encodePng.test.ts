import { crc32, inflateSync } from 'node:zlib';
import { encodePng } from './encodePng.js';

/** Reads what the encoder writes: checks every chunk's sum, then gives the pixels row by row, 1 for white. */
function decode(png: Buffer): { readonly width: number; readonly rows: readonly string[] } {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR') ?? Buffer.alloc(13);
  const width = header.readUInt32BE(0);
  expect([...header.subarray(8)]).toEqual([1, 0, 0, 0, 0]);
  const pixels = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const rowBytes = 1 + Math.ceil(width / 8);
  expect(pixels).toHaveLength(rowBytes * header.readUInt32BE(4));
  const rows = Array.from({ length: width }, (_, y) => {
    const row = [...pixels.subarray(y * rowBytes, (y + 1) * rowBytes)];
    expect(row[0]).toBe(0);
    return row
      .slice(1)
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('')
      .slice(0, width);
  });
  return { width, rows };
}

test('every square is where it belongs, with its margin', () => {
  const squares = [1, 0, 0, 0, 1, 1, 1, 0, 1];
  expect(decode(encodePng({ size: 3, squares }, 1, 1))).toEqual({
    width: 5,
    rows: ['11111', '10111', '11001', '10101', '11111'],
  });
});

test('squares grow with the scale, across the bounds of bytes', () => {
  const { width, rows } = decode(encodePng({ size: 3, squares: [1, 0, 1, 0, 1, 0, 1, 1, 0] }, 5, 0));
  expect(width).toBe(15);
  const line = (...whites: number[]) => whites.map((white) => String(white).repeat(5)).join('');
  expect(rows).toEqual([
    ...Array.from({ length: 5 }, () => line(0, 1, 0)),
    ...Array.from({ length: 5 }, () => line(1, 0, 1)),
    ...Array.from({ length: 5 }, () => line(0, 0, 1)),
  ]);
});
