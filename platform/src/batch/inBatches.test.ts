import { inBatches } from './inBatches.js';

const nothing = {};

test('all who ask at the same time are answered by one reading, each with what they asked for', async () => {
  const read: (readonly string[])[] = [];
  const find = inBatches((_: object, keys) => {
    read.push(keys);
    return Promise.resolve(new Map(keys.filter((key) => key !== 'c').map((key) => [key, key.toUpperCase()])));
  });
  const later = Promise.resolve()
    .then(() => Promise.resolve())
    .then(() => find(nothing, 'd'));
  const all = await Promise.all([...['a', 'b', 'a', 'c'].map((key) => find(nothing, key)), later]);
  expect(all).toEqual(['A', 'B', 'A', null, 'D']);
  expect(read).toEqual([['a', 'b', 'c', 'd']]);
  expect(await find(nothing, 'a')).toBe('A');
  expect(read).toHaveLength(2);
});

test('a transaction reads for itself, and what fails fails for those who asked', async () => {
  const find = inBatches((source: object) =>
    source === nothing ? Promise.reject(new Error('no')) : Promise.resolve(new Map([['a', 1]])),
  );
  const transaction = {};
  const [wrong, other, right] = await Promise.allSettled([
    find(nothing, 'a'),
    find(nothing, 'b'),
    find(transaction, 'a'),
  ]);
  expect([wrong.status, other.status, right]).toEqual([
    'rejected',
    'rejected',
    { status: 'fulfilled', value: 1 },
  ]);
});
