import { isEmail, normalizeEmail } from './normalizeEmail.js';

describe('normalizeEmail', () => {
  it('trims, lowers and composes', () => {
    expect(normalizeEmail('  Lan.Nguye\u0302n@Example.COM\n')).toBe('lan.nguyên@example.com');
  });
});

describe('isEmail', () => {
  it.each(['a@b.vn', 'first.last+tag@sub.example.com', 'đạt@ví-dụ.vn', `${'a'.repeat(249)}@b.com`])(
    'takes %s',
    (email) => {
      expect(isEmail(email)).toBe(true);
    },
  );

  it.each([
    '',
    'a',
    'a@b',
    '@b.com',
    'a@',
    'a@@b.com',
    'a@b..com',
    'a@.com',
    'a b@c.com',
    'a@b.com\r\nBcc: x@y.com',
    'a\u0000@b.com',
    '"a"@b.com',
    'a@b.com,c@d.com',
    '<a@b.com>',
    '\ud800@b.com',
    `${'a'.repeat(250)}@b.com`,
  ])('refuses %j', (email) => {
    expect(isEmail(email)).toBe(false);
  });
});
