import { allocationMovement, captureMovement, refundMovement, type Movement } from './ledgerEntries.js';

const empty = { suspense: 0n, payable: 0n };
const sumOf = ({ entries }: Movement): bigint => entries.reduce((sum, { amount }) => sum + amount, 0n);

describe('movements of money', () => {
  test('a purchase and its refund', () => {
    const captured = captureMovement(empty, 100n);
    expect(captured.balance).toEqual({ suspense: 100n, payable: 0n });
    const allocated = allocationMovement(captured.balance, 100n) as Movement;
    expect(allocated.balance).toEqual({ suspense: 0n, payable: 100n });
    const refunded = refundMovement(allocated.balance, 40n);
    expect(refunded.balance).toEqual({ suspense: 0n, payable: 60n });
    for (const movement of [captured, allocated, refunded]) expect(sumOf(movement)).toBe(0n);
  });

  test('an order captured twice owes its organization once, whichever payment is given back', () => {
    const twice = captureMovement(captureMovement(empty, 100n).balance, 100n).balance;
    const allocated = (allocationMovement(twice, 100n) as Movement).balance;
    expect(allocated).toEqual({ suspense: 100n, payable: 100n });
    expect(refundMovement(allocated, 100n).balance).toEqual({ suspense: 0n, payable: 100n });
  });

  test('a refund that is heard of before the order is completed', () => {
    const twice = captureMovement(captureMovement(empty, 100n).balance, 100n).balance;
    const ticketBack = refundMovement(twice, 40n).balance;
    const allocated = (allocationMovement(ticketBack, 100n) as Movement).balance;
    const secondBack = refundMovement(allocated, 100n);
    expect(secondBack.balance).toEqual({ suspense: 0n, payable: 60n });
    expect(sumOf(secondBack)).toBe(0n);
  });

  test('nothing in suspense is nothing to allocate', () => {
    expect(allocationMovement(empty, 100n)).toBeNull();
  });

  test('money that is not there can not go back', () => {
    expect(() => refundMovement(captureMovement(empty, 100n).balance, 101n)).toThrow(
      'more money would leave',
    );
  });
});
