import { priceLine, shareOfUnit, totalsOf, type PricingRule } from './pricing.js';

const rule = (more: Partial<PricingRule> = {}): PricingRule => ({
  feeBasisPoints: 0,
  feeFixed: 0,
  feeCurrency: null,
  taxBasisPoints: 700,
  taxIncluded: false,
  ...more,
});
const line = (quantity: number, unitPrice: number, currency = 'EUR') => ({
  offerId: 'o',
  name: 'n',
  quantity,
  unitPrice,
  currency,
});

describe('the price of a line', () => {
  test.each([
    // price, tax of 7 % added, rounded half up
    [1, 100, 7],
    [1, 50, 4], // 3.5
    [1, 49, 3], // 3.43
    [3, 333, 70], // 69.93
    [1, 0, 0],
  ])('%d × %d has a tax of %d', (quantity, price, tax) => {
    expect(priceLine(line(quantity, price), rule())).toMatchObject({ tax, total: quantity * price + tax });
  });

  test('contains the tax where it is included', () => {
    const included = rule({ taxIncluded: true });
    expect(priceLine(line(1, 107), included)).toMatchObject({ tax: 7, total: 107 });
    expect(priceLine(line(1, 100), included)).toMatchObject({ tax: 7, total: 100 }); // 6.54
    expect(priceLine(line(1, 23), included)).toMatchObject({ tax: 2, total: 23 }); // 1.504…
  });

  test('has fees by share and by unit, taxed like the price, and none on what is free', () => {
    const fees = rule({ feeBasisPoints: 250, feeFixed: 30, feeCurrency: 'EUR' });
    expect(priceLine(line(2, 999), fees)).toMatchObject({ subtotal: 1998, fee: 110, tax: 148, total: 2256 });
    expect(priceLine(line(2, 0), fees)).toMatchObject({ fee: 0, tax: 0, total: 0 });
    // A fixed fee is an amount of one currency.
    expect(priceLine(line(2, 999, 'USD'), fees)).toMatchObject({ fee: 50 });
  });

  test('stays exact where floating point does not', () => {
    const large = 90_071_992_547_409;
    expect(priceLine(line(1, large), rule({ taxBasisPoints: 1 })).tax).toBe(9_007_199_255);
  });
});

test('totals are the sums of their lines', () => {
  const lines = [priceLine(line(1, 50), rule()), priceLine(line(1, 50), rule())];
  // Rounded per line: 4 + 4, not 7.
  expect(totalsOf(lines, 'EUR')).toEqual({ currency: 'EUR', subtotal: 100, fees: 0, tax: 8, total: 108 });
});

test.each([
  [10, 3],
  [0, 5],
  [7, 7],
  [1, 100],
  [Number.MAX_SAFE_INTEGER, 7],
])('%d shared out over %d units adds up, and shares differ by one at most', (amount, units) => {
  const shares = Array.from({ length: units }, (_, unit) => shareOfUnit(amount, units, unit));
  expect(shares.reduce((sum, share) => sum + BigInt(share), 0n)).toBe(BigInt(amount));
  expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
});
