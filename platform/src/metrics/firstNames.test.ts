import { firstNames } from './firstNames.js';

test('the first names and the registered ones are shown, whatever comes', () => {
  const show = firstNames(2, ['Checkout']);
  expect(['a', 'b', 'c', 'a', 'Checkout'].map(show)).toEqual(['a', 'b', 'other', 'a', 'Checkout']);
  expect(firstNames(2)('x'.repeat(65))).toBe('other');
});
