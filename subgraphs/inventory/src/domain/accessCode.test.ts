import { hashAccessCode, matchesAccessCode } from './accessCode.js';

describe('access codes', () => {
  test('match what was stored, spaces around them aside', () => {
    const stored = hashAccessCode('FANCLUB');
    expect(stored).not.toContain('FANCLUB');
    expect(matchesAccessCode(' FANCLUB ', stored)).toBe(true);
    expect(matchesAccessCode('fanclub', stored)).toBe(false);
    expect(matchesAccessCode('', stored)).toBe(false);
    expect(matchesAccessCode(null, stored)).toBe(false);
  });
  test('are salted', () => {
    expect(hashAccessCode('FANCLUB')).not.toBe(hashAccessCode('FANCLUB'));
  });
});
