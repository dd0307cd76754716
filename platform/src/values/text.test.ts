import { asLine, isLine, isStorable, normalText, storableJson, storableText } from './text.js';

test('text is what a database can keep', () => {
  expect(['', 'Đào 🎟', 'a\0', '\ud800', 'x\udfff'].map(isStorable)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(storableText('a\0\ud800🎟')).toBe('a\ufffd\ufffd🎟');
});

test('what looks the same is the same', () => {
  expect(normalText('  Nguye\u0302\u0303n ')).toBe('Nguyễn');
});

test.each([
  ['Bcc:\r\nx', 'Bcc: x'],
  ['a\tb', 'a b'],
  ['a\u2028b', 'a b'],
  ['a\u0000b', 'a b'],
  ['\u202egro.elpmaxe', 'gro.elpmaxe'],
  ['a\u2066b\u2069', 'a b'],
])('%j is no line that reads as it is written, and is brought to one', (text, line) => {
  expect(isLine(text)).toBe(false);
  expect(asLine(text)).toBe(line);
  expect(isLine(line)).toBe(true);
});

test('scripts that join letters and emoji stay as they are', () => {
  for (const text of ['نمی\u200cخواهم', '👩\u200d🍳', 'Đào Thị']) expect(isLine(text)).toBe(true);
});

test('JSON from outside can be kept, names, dates, amounts and depth included', () => {
  const at = new Date();
  expect(storableJson({ 'a\0': ['\ud800', { b: 1n }], at, none: null })).toEqual({
    'a\ufffd': ['\ufffd', { b: 1n }],
    at,
    none: null,
  });
  const deep: unknown = Array.from({ length: 100_000 }).reduce((inside) => [inside], 'x');
  expect(JSON.stringify(storableJson(deep))).toHaveLength(60 * 2 + 3);
});
