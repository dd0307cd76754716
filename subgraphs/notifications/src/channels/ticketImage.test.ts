import { randomInt } from 'node:crypto';
import { decodePng } from '../testing/decodePng.js';
import { readPicture } from '../testing/readPicture.js';
import { ticketImage } from './ticketImage.js';

const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const code = Array.from({ length: 153 }, () => BASE45[randomInt(BASE45.length)]).join('');
const pictureOf = (text: string) => Buffer.from(ticketImage('ticket-1', text).content, 'base64');

test('a code of a ticket has 37 × 37 modules, and is read at 120 pixels', () => {
  const png = pictureOf(code);
  // Ten pixels for a module at most would be 450; a larger code would have smaller modules.
  expect(decodePng(png).width % 45).toBe(0);
  expect(readPicture(png, 120)).toBe(code);
});

test('a web token, which events of before have, is still drawn', () => {
  const token = `eyJhbGciOiJFUzI1NiJ9.${'aB3_-'.repeat(80)}.x`;
  const png = pictureOf(token);
  expect(readPicture(png, decodePng(png).width)).toBe(token);
});
