import { FenwickTree } from './fenwickTree.js';

/** The same by adding up. */
class Naive {
  readonly values: number[] = [];
  prefix(slot: number): number {
    return this.values.slice(0, slot + 1).reduce((sum, value) => sum + value, 0);
  }
}

test('agrees with adding up, while slots are added and changed in any order', () => {
  const tree = new FenwickTree();
  const naive = new Naive();
  let random = 7;
  const next = (below: number): number => {
    random = (random * 1103515245 + 12345) % 2147483648;
    return random % below;
  };
  for (let step = 0; step < 5000; step += 1) {
    if (next(3) > 0 || tree.size === 0) {
      const value = next(2);
      expect(tree.push(value)).toBe(naive.values.push(value) - 1);
    } else {
      const slot = next(tree.size);
      tree.add(slot, -1);
      naive.values[slot] = (naive.values[slot] ?? 0) - 1;
    }
    const asked = next(tree.size);
    if (step % 50 === 0) expect(tree.prefix(asked)).toBe(naive.prefix(asked));
  }
  expect(tree.prefix(tree.size - 1)).toBe(naive.prefix(naive.values.length - 1));
});
