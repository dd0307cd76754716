import { hashInput } from './hashInput.js';
import { newOrderCode } from './orderCode.js';
import { isBought, orderStatus, takesLateMoney } from './orderStatus.js';
import { leadsOn, SAGA_COMMIT_POINTS, SAGAS, stepOf } from './sagas.js';

test('codes have no letters that look like others, and hardly ever repeat', () => {
  const codes = Array.from({ length: 2000 }, newOrderCode);
  for (const code of codes) expect(code).toMatch(/^[A-HJ-NP-TV-Z2-9]{8}$/);
  expect(new Set(codes).size).toBe(codes.length);
});

test('the digest of an input does not depend on the order of its fields, and on everything else', () => {
  const digest = hashInput({ a: 1, b: { c: [1, 2], d: null } });
  expect(hashInput({ b: { d: null, c: [1, 2] }, a: 1 })).toBe(digest);
  for (const other of [
    { a: 1 },
    { a: 1, b: { c: [2, 1], d: null } },
    { a: '1', b: { c: [1, 2], d: null } },
  ]) {
    expect(hashInput(other)).not.toBe(digest);
  }
});

test('an order goes from status to status as the table says', () => {
  expect(orderStatus.allows('PENDING', 'REFUNDED')).toBe(false);
  expect(orderStatus.allows('FAILED', 'COMPLETED')).toBe(false);
  expect(orderStatus.isFinal('REFUNDED')).toBe(true);
  expect(takesLateMoney('CANCELLED', 'NOT_PAID_IN_TIME')).toBe(true);
  for (const reason of [
    'BY_BUYER',
    'BY_ORGANIZATION',
    'EVENT_CANCELLED',
    'SOLD_OUT_AFTER_PAYMENT',
  ] as const) {
    expect(takesLateMoney('CANCELLED', reason)).toBe(false);
  }
  expect(
    ['PENDING', 'COMPLETED', 'PARTIALLY_REFUNDED', 'CANCELLED'].filter((status) => isBought(status as never)),
  ).toEqual(['COMPLETED', 'PARTIALLY_REFUNDED']);
});

test('sagas go onwards only, and each of their commits is listed once', () => {
  expect(leadsOn('PLACE', 'HOLD', 'CONFIRM')).toBe(true);
  expect(leadsOn('PLACE', 'CREATE_PAYMENT', 'HOLD')).toBe(false);
  expect(leadsOn('PLACE', 'HOLD', 'HOLD')).toBe(false);
  expect(() => stepOf('EXPIRE', 'HOLD')).toThrow('no step');
  expect(new Set(SAGA_COMMIT_POINTS).size).toBe(SAGA_COMMIT_POINTS.length);
  const undone = SAGA_COMMIT_POINTS.filter((point) => point.includes('.UNDO_'));
  expect(undone).toEqual(['PLACE.UNDO_HOLD', 'PLACE.UNDO_CREATE_PAYMENT']);
  expect(SAGAS.PLACE.steps[0]).toEqual({ do: 'HOLD', undo: 'RELEASE' });
});
