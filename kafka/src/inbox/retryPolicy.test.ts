import { retryDelay } from './retryPolicy.js';

describe('retryDelay', () => {
  test('doubles up to the longest, then gives up', () => {
    const policy = { tries: 5, firstDelay: 10, longestDelay: 30 };
    expect([1, 2, 3, 4, 5].map((failed) => retryDelay(policy, failed))).toEqual([10, 20, 30, 30, null]);
  });
});
