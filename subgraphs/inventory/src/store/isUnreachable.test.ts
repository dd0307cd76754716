import { isUnreachable } from './isUnreachable.js';

describe('isUnreachable', () => {
  test.each([
    ['57P01', 'terminating connection due to administrator command', true],
    ['53300', 'sorry, too many clients already', true],
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432', true],
    [undefined, 'timeout exceeded when trying to connect', true],
    [undefined, 'Connection terminated unexpectedly', true],
    ['23514', 'violates check constraint', false],
    ['40P01', 'deadlock detected', false],
    [undefined, 'a defect of ours', false],
  ])('%s: %s', (code, message, expected) => {
    expect(isUnreachable(Object.assign(new Error(message), code === undefined ? {} : { code }))).toBe(
      expected,
    );
  });
});
