import { decideObservation } from './decideObservation.js';
import type { PaymentObservation } from './observation.js';
import { paymentStatus, statusAfterRefund, type PaymentStatus } from './paymentStatus.js';

const states = Object.keys(paymentStatus.transitions) as PaymentStatus[];
const captured = ['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'] as const;

function decide(
  status: PaymentStatus,
  observation: PaymentObservation,
  { cancelled = false, askedAfterHold = false } = {},
) {
  const payment = {
    status,
    amount: 500n,
    currency: 'USD',
    captured: (captured as readonly string[]).includes(status) ? 500n : 0n,
    cancelRequestedAt: cancelled ? new Date() : null,
  };
  return decideObservation(payment, observation, askedAfterHold);
}

const PAID = { state: 'PAID', amount: 500n, currency: 'USD' } as const;

describe('decideObservation', () => {
  test.each(states.filter((status) => !(captured as readonly string[]).includes(status)))(
    'money completes a payment that is %s',
    (status) => {
      expect(decide(status, PAID)).toEqual({ kind: 'COMPLETE' });
      expect(paymentStatus.allows(status, 'COMPLETED')).toBe(true);
    },
  );

  test.each(captured)('money is counted once: %s', (status) => {
    expect(decide(status, PAID)).toEqual({ kind: 'NOTHING' });
  });

  test.each(states)('a wrong amount or currency never completes a payment that is %s', (status) => {
    expect(decide(status, { ...PAID, amount: 499n })).toEqual({ kind: 'INCIDENT', incident: 'WRONG_AMOUNT' });
    expect(decide(status, { ...PAID, amount: 501n })).toEqual({ kind: 'INCIDENT', incident: 'WRONG_AMOUNT' });
    expect(decide(status, { ...PAID, currency: 'VND' })).toEqual({
      kind: 'INCIDENT',
      incident: 'WRONG_CURRENCY',
    });
  });

  test('an unpaid end counts only while pending', () => {
    const ends: PaymentObservation[] = [
      { state: 'DECLINED', reason: 'no' },
      { state: 'CLOSED' },
      { state: 'UNKNOWN' },
    ];
    for (const status of states.filter((each) => each !== 'PENDING')) {
      for (const end of ends) {
        expect(decide(status, end, { cancelled: true, askedAfterHold: true })).toEqual({ kind: 'NOTHING' });
      }
    }
  });

  test('declined is failed, at any time', () => {
    expect(decide('PENDING', { state: 'DECLINED', reason: 'no' })).toEqual({ kind: 'FAIL', reason: 'no' });
  });

  test.each(['CLOSED', 'UNKNOWN'] as const)(
    '%s expires only when asked after the hold, cancels when cancelled',
    (state) => {
      expect(decide('PENDING', { state })).toEqual({ kind: 'NOTHING' });
      expect(decide('PENDING', { state }, { askedAfterHold: true })).toEqual({ kind: 'EXPIRE' });
      expect(decide('PENDING', { state }, { cancelled: true })).toEqual({ kind: 'CANCEL' });
    },
  );

  test('open is never an end', () => {
    expect(decide('PENDING', { state: 'OPEN' }, { cancelled: true, askedAfterHold: true })).toEqual({
      kind: 'NOTHING',
    });
  });
});

test('statusAfterRefund', () => {
  expect([0n, 1n, 99n, 100n].map((refunded) => statusAfterRefund(100n, refunded))).toEqual([
    'COMPLETED',
    'PARTIALLY_REFUNDED',
    'PARTIALLY_REFUNDED',
    'REFUNDED',
  ]);
});
