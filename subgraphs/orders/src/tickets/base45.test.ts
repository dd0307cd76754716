import { randomBytes } from 'node:crypto';
import { decodeBase45, encodeBase45 } from './base45.js';

// RFC 9285, sections 4.3 and 4.4.
test.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['ietf!', 'QED8WEX0'],
  ['', ''],
])('%j is written as %j, and read back', (plain, text) => {
  expect(encodeBase45(Buffer.from(plain))).toBe(text);
  expect(decodeBase45(text)?.toString()).toBe(plain);
});

test('all bytes come back', () => {
  for (let length = 0; length < 110; length += 1) {
    const bytes = randomBytes(length);
    expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes);
  }
});

test.each([['A'], ['ABCD'], ['GGW'], [':::'], ['::'], ['bb8'], ['BB8\u0000\u0000'], ['BBÄ'], ['BB😀']])(
  '%j is nothing that bytes are written as',
  (text) => {
    expect(decodeBase45(text)).toBeNull();
  },
);
