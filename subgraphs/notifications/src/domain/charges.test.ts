import { chargesOf, timesQuantity } from './charges.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const lines = [
  { offerId: 'a', name: 'Balcony', quantity: 2, unitPrice: usd(2500) },
  { offerId: 'b', name: 'Gallery', quantity: 1, unitPrice: usd(1000) },
];

test('fees and added tax stand between the lines and the total', () => {
  const charges = { subtotal: usd(6000), fees: usd(300), tax: usd(441), includedTax: usd(0) };
  expect(lines.map((line) => timesQuantity(line).amount)).toEqual([5000, 1000]);
  expect(chargesOf({ lines, charges, total: usd(6741) })).toEqual({
    charges: [
      { chargeName: 'Fees', charge: '3.00 USD' },
      { chargeName: 'Tax', charge: '4.41 USD' },
    ],
    includedTax: '',
  });
});

test('tax that prices contain is named, and nothing is added for it', () => {
  const charges = { subtotal: usd(6000), fees: usd(0), tax: usd(0), includedTax: usd(393) };
  expect(chargesOf({ lines, charges, total: usd(6000) })).toEqual({ charges: [], includedTax: '3.93 USD' });
});

test('of events of before, the difference is named', () => {
  expect(chargesOf({ lines, total: usd(6420) }).charges).toEqual([
    { chargeName: 'Fees and tax', charge: '4.20 USD' },
  ]);
  expect(chargesOf({ lines, total: usd(6000) }).charges).toEqual([]);
});
