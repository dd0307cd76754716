import { estimateWait, type WaitBasis } from './estimateWait.js';

const basis: WaitBasis = {
  ahead: 0,
  waiting: 1000,
  maximumInCheckout: 10,
  admissionsPerMinute: 60,
  inCheckout: 10,
  meanCheckoutMs: 100_000,
  saleState: 'AVAILABLE',
  paused: false,
  secondsToSale: 0,
};

test('the pace of checkouts decides when it is the slower one', () => {
  expect(estimateWait({ ...basis, ahead: 9 })).toEqual({ from: 70, to: 150 });
});

test('M decides when it is the slower one', () => {
  expect(estimateWait({ ...basis, ahead: 600, inCheckout: 0, maximumInCheckout: 1000 })).toEqual({
    from: 600,
    to: 601,
  });
});

test('before the sale it starts with the sale, and before the draw it may be anything', () => {
  const wait = estimateWait({
    ...basis,
    saleState: 'NOT_ON_SALE',
    ahead: null,
    inCheckout: 0,
    secondsToSale: 3600,
  });
  expect(wait?.from).toBe(3600);
  expect(wait?.to).toBeGreaterThan(3600 + 900);
});

test('nothing seen yet: a wide range; nobody can know: none', () => {
  const { from, to } = estimateWait({ ...basis, meanCheckoutMs: null, ahead: 9 }) ?? { from: 0, to: 0 };
  expect([from, to]).toEqual([60, 900]);
  expect(estimateWait({ ...basis, paused: true })).toBeNull();
  expect(estimateWait({ ...basis, saleState: 'HELD' })).toBeNull();
});
