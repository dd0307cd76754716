import { newId } from '@foyer/platform';
import { partitionOf } from './partitionOf.js';

describe('partitionOf', () => {
  test('never changes', () => {
    expect(['', 'a', 'foobar', 'đồng'].map((key) => partitionOf(key, 1000))).toMatchInlineSnapshot(`
     [
       261,
       220,
       720,
       810,
     ]
    `);
  });

  test('spreads ids evenly', () => {
    const counts = Array.from({ length: 8 }, () => 0);
    for (let index = 0; index < 8000; index += 1) {
      const partition = partitionOf(newId(), 8);
      counts[partition] = (counts[partition] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });
});
