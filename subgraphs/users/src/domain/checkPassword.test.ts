import { InputCheck, type Refused } from '@foyer/platform/domain';
import { checkPassword, normalizePassword } from './checkPassword.js';

function brokenRules(password: string): readonly string[] {
  const check = new InputCheck();
  checkPassword(check, 'password', normalizePassword(password));
  try {
    check.done();
    return [];
  } catch (error) {
    return ((error as Refused).refusal['fields'] as { rule: string }[]).map(({ rule }) => rule);
  }
}

describe('checkPassword', () => {
  it.each([
    ['Ab1!', ['TOO_SHORT']],
    ['Ab1!xyq', ['TOO_SHORT']],
    ['Ab1!xyqz', []],
    [`Ab1!${'x'.repeat(96)}`, []],
    [`Ab1!${'x'.repeat(97)}`, ['TOO_LONG']],
    ['ab1!xyqz', ['NO_UPPER_CASE']],
    ['AB1!XYQZ', ['NO_LOWER_CASE']],
    ['Abc!xyqz', ['NO_DIGIT']],
    ['Ab12xyqz', ['NO_SIGN']],
    ['Ab12 xyqz', ['NO_SIGN']],
    ['', ['TOO_SHORT', 'NO_UPPER_CASE', 'NO_LOWER_CASE', 'NO_DIGIT', 'NO_SIGN']],
    ['Đường-phố-9', []],
    ['Password123!', ['COMMON']],
  ])('judges %j', (password, rules) => {
    expect(brokenRules(password)).toEqual(rules);
  });

  it('counts code points, not UTF-16 units', () => {
    expect(brokenRules(`Ab1!${'😀'.repeat(96)}`)).toEqual([]);
    expect(brokenRules(`Ab1!${'😀'.repeat(97)}`)).toEqual(['TOO_LONG']);
  });

  it('takes compatibility forms for what they stand for', () => {
    expect(normalizePassword('Ａb1!ﬁnal')).toBe('Ab1!final');
  });
});
