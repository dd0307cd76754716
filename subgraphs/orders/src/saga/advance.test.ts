import type { RefusalData } from '@foyer/platform';
import type { SagaRow } from '../store/sagaRow.js';
import { advance, afterUndoing, nextToUndo } from './advance.js';

const outcome: RefusalData = { __typename: 'OrderNotMade', code: 'UNAVAILABLE', message: '' };
const begun: SagaRow = {
  id: 's',
  orderId: 'o',
  kind: 'PLACE',
  state: 'RUNNING',
  step: 'HOLD',
  undoing: false,
  taken: ['HOLD'],
  data: {},
  outcome: null,
  attempts: 3,
  lastError: 'x',
  deadline: null,
};

describe('a saga', () => {
  test('takes one step after the other, with the data of the next', () => {
    const next = advance(begun, { kind: 'next', step: 'CREATE_PAYMENT', data: { paymentId: 'p' } });
    expect(next).toMatchObject({
      step: 'CREATE_PAYMENT',
      taken: ['HOLD', 'CREATE_PAYMENT'],
      data: { paymentId: 'p' },
      attempts: 0,
      lastError: null,
    });
    expect(() => advance(next, { kind: 'next', step: 'HOLD' })).toThrow();
    expect(advance(next, { kind: 'end' })).toMatchObject({ state: 'ENDED', undoing: false });
  });

  test('refused at its first step has nothing to undo', () => {
    expect(advance(begun, { kind: 'refused', outcome })).toMatchObject({ state: 'UNDONE', outcome });
  });

  test('is undone in reverse, what may have been taken included', () => {
    const paying = advance(begun, { kind: 'next', step: 'CREATE_PAYMENT' });
    const refused = advance(paying, { kind: 'refused', outcome });
    expect([refused.state, nextToUndo(refused)]).toEqual(['RUNNING', 'HOLD']);
    const unknown = advance(paying, { kind: 'undo', outcome });
    expect(nextToUndo(unknown)).toBe('CREATE_PAYMENT');
    const half = afterUndoing(unknown, 'CREATE_PAYMENT');
    expect([half.state, nextToUndo(half)]).toEqual(['RUNNING', 'HOLD']);
    expect(afterUndoing(half, 'HOLD')).toMatchObject({ state: 'UNDONE', taken: [], outcome });
  });

  test('that stands still says why', () => {
    expect(advance(begun, { kind: 'park', why: 'broken' })).toMatchObject({
      state: 'PARKED',
      lastError: 'broken',
    });
  });
});
