import { crc32, inflateSync } from 'node:zlib';

/** Reads what the encoder writes: checks every chunk's sum, then gives the pixels row by row, 1 for white. */
export function decodePng(png: Buffer): { readonly width: number; readonly rows: readonly string[] } {
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
