import { retryDelay } from './delivery.js';

describe('retryDelay', () => {
  it('waits 2 s, then 4 s, then gives up', () => {
    expect([1, 2, 3].map(retryDelay)).toEqual([2000, 4000, null]);
  });
});
