import { replaceSection } from './writeSection.js';

const DOCUMENT = '# Benchmarks\n\nWords.\n\n## holds\n\nold holds\n\n## joins\n\nold joins\n';

test('a section takes the place of the one of its name', () => {
  expect(replaceSection(DOCUMENT, 'holds', 'new\n')).toBe(
    '# Benchmarks\n\nWords.\n\n## holds\n\nnew\n\n## joins\n\nold joins\n',
  );
});

test('a new one comes last', () => {
  expect(replaceSection(DOCUMENT, 'start', 'new')).toBe(`${DOCUMENT}\n## start\n\nnew\n`);
});

test('a name that begins like another is another', () => {
  expect(replaceSection(DOCUMENT, 'hold', 'new')).toBe(`${DOCUMENT}\n## hold\n\nnew\n`);
});
