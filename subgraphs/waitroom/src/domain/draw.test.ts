import { createHash } from 'node:crypto';
import { drawKey, drawOrder, entriesHash, seedHash } from './draw.js';

const seed = Buffer.alloc(32, 5);
const ids = Array.from(
  { length: 200 },
  (_, index) => `018f0000-0000-7000-8000-${String(index).padStart(12, '0')}`,
);

test('the key is SHA-256 over seed and id, as anybody can compute it', () => {
  const [id = ''] = ids;
  const byHand = createHash('sha256')
    .update(Buffer.concat([seed, Buffer.from(id, 'ascii')]))
    .digest('hex');
  expect(drawKey(seed, id).toString('hex')).toBe(byHand);
});

test('the order depends on the seed and on nothing else', () => {
  const order = drawOrder(seed, ids);
  expect(drawOrder(seed, [...ids].reverse())).toEqual(order);
  expect(
    drawOrder(
      seed,
      ids.map((id) => id.toUpperCase()),
    ).map((id) => id.toLowerCase()),
  ).toEqual(order);
  expect([...order].sort()).toEqual(ids);
  expect(order).not.toEqual(ids);
  expect(drawOrder(Buffer.alloc(32, 6), ids)).not.toEqual(order);
});

test('the hash of the list does not depend on its order', () => {
  expect(entriesHash([...ids].reverse())).toEqual(entriesHash(ids));
  expect(entriesHash(ids.slice(1))).not.toEqual(entriesHash(ids));
  expect(entriesHash([]).toString('hex')).toBe(createHash('sha256').update('').digest('hex'));
  expect(seedHash(seed)).toHaveLength(32);
});
