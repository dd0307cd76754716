import { crc32, deflateSync } from 'node:zlib';

/** A picture of black and white squares. */
export interface Bitmap {
  /** Squares on each side. */
  readonly size: number;
  /** Row by row; other than 0 is black. */
  readonly squares: ArrayLike<number>;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const WHITE = 0xff;

/**
 * Makes a PNG with one bit per pixel: an eighth of the bytes of a general encoder, none of the search for the best
 * filter, which costs ten times as much as all the rest.
 *
 * @param scale pixels along a square's side.
 * @param margin white squares on each side.
 * @see https://www.w3.org/TR/png-3/
 */
export function encodePng({ size, squares }: Bitmap, scale: number, margin: number): Buffer {
  const width = (size + 2 * margin) * scale;
  const rowBytes = 1 + Math.ceil(width / 8);
  const pixels = Buffer.alloc(rowBytes * width, WHITE);
  for (let y = 0; y < width; y += 1) {
    const row = y * rowBytes;
    pixels[row] = 0; // filter: none
    const line = Math.floor(y / scale) - margin;
    if (line < 0 || line >= size) continue;
    for (let x = 0; x < size * scale; x += 1) {
      if (squares[line * size + Math.floor(x / scale)] === 0) continue;
      const pixel = x + margin * scale;
      const byte = row + 1 + (pixel >> 3);
      pixels[byte] = (pixels[byte] ?? WHITE) & ~(0x80 >> (pixel & 7));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header[8] = 1; // bits per pixel; the rest is 0: grey, deflated, not interlaced
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
