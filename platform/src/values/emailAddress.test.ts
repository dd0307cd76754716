import { isEmailAddress, normalEmailAddress, wireEmailAddress } from './emailAddress.js';

describe('normalEmailAddress', () => {
  it.each([
    ['  Lan.Nguye\u0302n@Example.COM\n', 'lan.nguyên@example.com'],
    ['a@V\u00cd-D\u1ee4.vn', 'a@ví-dụ.vn'],
    ['a@VI\u0301-DU\u0323.vn', 'a@ví-dụ.vn'],
    ['a@xn--v-d-5ja9446a.vn', 'a@xn--v-d-5ja9446a.vn'],
    ['a@xn--bcher-kva.example', 'a@bücher.example'],
    ['a@b\uff0eexample', 'a@b.example'],
    ['a@1.2', 'a@1.2'],
    ['a@%41.com', 'a@%41.com'],
    ['nobody', 'nobody'],
  ])('brings %j to one form', (given, normal) => {
    expect(normalEmailAddress(given)).toBe(normal);
    expect(normalEmailAddress(normal)).toBe(normal);
  });
});

describe('isEmailAddress', () => {
  it.each([
    'a@b.vn',
    "o'brien@example.com",
    'first.last+tag@sub.example.com',
    'đạt@ví-dụ.vn',
    `${'a'.repeat(249)}@b.com`,
  ])('takes %s', (email) => {
    expect(isEmailAddress(normalEmailAddress(email))).toBe(true);
  });

  it.each([
    '',
    'a',
    'a@b',
    '@b.com',
    'a@',
    'a@@b.com',
    'a@b..com',
    'a@.com',
    'a@b.com.',
    'a@-b.com',
    'a@10.0.0.7',
    'a@[10.0.0.7]',
    'a@%41.com',
    'a@b_c.com',
    'a b@c.com',
    'a@b.com\r\nBcc: x@y.com',
    'a\u0000@b.com',
    'a\u202e@b.com',
    '"a"@b.com',
    '"a:b@c.de"',
    'a:b@c.de',
    'a(b)@c.de',
    'a\\b@c.de',
    'a@b.com,c@d.com',
    'a;c@d.com',
    '<a@b.com>',
    '\ud800@b.com',
    `${'a'.repeat(250)}@b.com`,
  ])('refuses %j', (email) => {
    expect(isEmailAddress(normalEmailAddress(email))).toBe(false);
  });
});

test('the wire has the domain in ASCII', () => {
  expect(wireEmailAddress('lan@bücher.example')).toBe('lan@xn--bcher-kva.example');
  expect(wireEmailAddress('lan@example.com')).toBe('lan@example.com');
});
