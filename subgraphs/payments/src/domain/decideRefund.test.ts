import { decideRefund } from './decideRefund.js';

const done = { state: 'SUCCEEDED', reference: 'r', amount: 500n, currency: 'USD' } as const;

describe('decideRefund', () => {
  test('the first end counts', () => {
    expect(decideRefund({ status: 'REQUESTED', amount: 500n }, 'USD', done)).toEqual({ kind: 'SUCCEED' });
    expect(decideRefund({ status: 'SUCCEEDED', amount: 500n }, 'USD', done)).toEqual({ kind: 'NOTHING' });
    const no = { state: 'FAILED', reason: 'no' } as const;
    expect(decideRefund({ status: 'REQUESTED', amount: 500n }, 'USD', no)).toEqual({
      kind: 'FAIL',
      reason: 'no',
    });
    expect(decideRefund({ status: 'SUCCEEDED', amount: 500n }, 'USD', no)).toEqual({ kind: 'NOTHING' });
  });

  test('what can not be true is an incident', () => {
    const after = decideRefund({ status: 'FAILED', amount: 500n }, 'USD', done);
    expect(after).toEqual({ kind: 'INCIDENT', incident: 'REFUND_AFTER_FAILURE' });
    for (const wrong of [
      { ...done, amount: 499n },
      { ...done, currency: 'VND' },
    ]) {
      const decision = decideRefund({ status: 'REQUESTED', amount: 500n }, 'USD', wrong);
      expect(decision).toEqual({ kind: 'INCIDENT', incident: 'WRONG_REFUND' });
    }
  });

  test.each([{ state: 'PENDING', reference: 'r' } as const, { state: 'UNKNOWN' } as const])(
    'waits: $state',
    (word) => {
      expect(decideRefund({ status: 'REQUESTED', amount: 500n }, 'USD', word)).toEqual({ kind: 'WAIT' });
      expect(decideRefund({ status: 'FAILED', amount: 500n }, 'USD', word)).toEqual({ kind: 'NOTHING' });
    },
  );
});
