import jsQR from 'jsqr';
import { decodePng } from './decodePng.js';

/**
 * What a phone reads in a QR code's picture that is shown so wide: each of its pixels has the mean grey of what lies
 * under it.
 * @returns null when nothing can be read.
 */
export function readPicture(png: Buffer, width: number): string | null {
  const { width: from, rows } = decodePng(png);
  const grey = new Uint8ClampedArray(width * width * 4).fill(255);
  const samples = 4;
  for (let pixel = 0; pixel < width * width; pixel += 1) {
    let white = 0;
    for (let sample = 0; sample < samples * samples; sample += 1) {
      const x = (pixel % width) + ((sample % samples) + 0.5) / samples;
      const y = Math.floor(pixel / width) + (Math.floor(sample / samples) + 0.5) / samples;
      white += Number(rows[Math.floor((y * from) / width)]?.[Math.floor((x * from) / width)]);
    }
    grey.fill((white * 255) / (samples * samples), pixel * 4, pixel * 4 + 3);
  }
  return jsQR(grey, width, width)?.data ?? null;
}
