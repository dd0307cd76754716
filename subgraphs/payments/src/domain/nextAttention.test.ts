import { attentionStep, nextAttention } from './nextAttention.js';
import type { Payment } from './payment.js';

const start = Date.parse('2026-05-01T18:00:00Z');
const at = (seconds: number): Date => new Date(start + seconds * 1000);

const pending: Payment = {
  id: '0',
  orderId: '1',
  personId: '2',
  organizationId: '3',
  provider: 'SANDBOX',
  amount: 500n,
  currency: 'USD',
  description: 'x',
  status: 'PENDING',
  holdExpiresAt: at(900),
  expiresAt: at(840),
  providerExpiresAt: at(840),
  providerReference: 'r',
  payUrl: 'u',
  failureReason: null,
  captured: 0n,
  capturedAt: null,
  refunding: 0n,
  refunded: 0n,
  cancelRequestedAt: null,
  attempts: 0,
  createdAt: at(0),
  changedAt: at(0),
};

const secondsTo = (payment: Payment, now: Date): number | null => {
  const next = nextAttention(payment, now, 20_000);
  return next === null ? null : (next.getTime() - now.getTime()) / 1000;
};

describe('attentionStep', () => {
  test.each<[string, Partial<Payment>, number, string]>([
    ['the provider has not answered', { payUrl: null }, 10, 'CREATE'],
    ['it can be paid', {}, 10, 'QUERY'],
    ['its page closes, wherever the provider closes it later', { providerExpiresAt: at(5000) }, 840, 'CLOSE'],
    ['the provider never answered before its page closed', { payUrl: null }, 840, 'CLOSE'],
    ['the hold has ended', {}, 900, 'CLOSE'],
    ['it was cancelled', { cancelRequestedAt: at(5) }, 10, 'CLOSE'],
    [
      'it was cancelled before the provider answered',
      { payUrl: null, cancelRequestedAt: at(5) },
      10,
      'CLOSE',
    ],
    ['it is over: money may come late', { status: 'EXPIRED' }, 5000, 'QUERY'],
  ])('%s', (_, change, now, step) => {
    expect(attentionStep({ ...pending, ...change }, at(now))).toBe(step);
  });
});

describe('nextAttention', () => {
  test('an open payment is asked about ever more rarely, and at the ends of page and hold', () => {
    expect(secondsTo(pending, at(0))).toBe(20);
    expect(secondsTo(pending, at(60))).toBe(60);
    expect(secondsTo(pending, at(500))).toBe(200);
    expect(secondsTo(pending, at(830))).toBe(10);
    expect(secondsTo(pending, at(840))).toBe(60);
  });

  test('what has to be settled is tried again with back-off', () => {
    for (const due of [{ cancelRequestedAt: at(1) }, { holdExpiresAt: at(5) }, { attempts: 1 }]) {
      expect(secondsTo({ ...pending, ...due }, at(10))).toBe(1);
    }
    expect(secondsTo({ ...pending, attempts: 4 }, at(10))).toBe(8);
    expect(secondsTo({ ...pending, attempts: 400 }, at(10))).toBe(60);
  });

  test.each(['FAILED', 'EXPIRED', 'CANCELLED'] as const)(
    '%s is watched for late money for a day',
    (status) => {
      expect(secondsTo({ ...pending, status }, at(10))).toBe(60);
      expect(secondsTo({ ...pending, status }, at(7200))).toBe(3600);
      expect(secondsTo({ ...pending, status }, at(86_400))).toBeNull();
    },
  );

  test.each(['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'] as const)('%s needs nothing', (status) => {
    expect(secondsTo({ ...pending, status }, at(10))).toBeNull();
  });
});
