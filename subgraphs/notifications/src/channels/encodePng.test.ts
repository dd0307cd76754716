import { decodePng } from '../testing/decodePng.js';
import { encodePng } from './encodePng.js';

test('every square is where it belongs, with its margin', () => {
  const squares = [1, 0, 0, 0, 1, 1, 1, 0, 1];
  expect(decodePng(encodePng({ size: 3, squares }, 1, 1))).toEqual({
    width: 5,
    rows: ['11111', '10111', '11001', '10101', '11111'],
  });
});

test('squares grow with the scale, across the bounds of bytes', () => {
  const { width, rows } = decodePng(encodePng({ size: 3, squares: [1, 0, 1, 0, 1, 0, 1, 1, 0] }, 5, 0));
  expect(width).toBe(15);
  const line = (...whites: number[]) => whites.map((white) => String(white).repeat(5)).join('');
  expect(rows).toEqual([
    ...Array.from({ length: 5 }, () => line(0, 1, 0)),
    ...Array.from({ length: 5 }, () => line(1, 0, 1)),
    ...Array.from({ length: 5 }, () => line(0, 0, 1)),
  ]);
});
