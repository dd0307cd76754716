import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRoot, ROOT } from '../testing/readCompose.js';

const [build = '', image = ''] = readRoot('Dockerfile')
  .split(/^FROM node:\d+-slim.*$/m)
  .slice(1);

/** The words of a JSON array behind an instruction of the image's stage. */
const listAfter = (instruction: string): readonly string[] => {
  const text = new RegExp(`${instruction}\\s+(\\[.*\\])\\s*$`, 'm').exec(image)?.[1] ?? '[]';
  return JSON.parse(text) as readonly string[];
};

test('the image is what the script assembles, and nothing of the stage that built it', () => {
  expect(build).toMatch(/^RUN node scripts\/image\/assemble\.mjs \/image$/m);
  expect(image.match(/^COPY.*$/gm)).toEqual(['COPY --from=build /image ./']);
  expect(image).not.toMatch(/^(RUN|ADD)/m);
});

test('it runs the newest Node that tests run on', () => {
  const [, newest] = /NEWEST_NODE = '(\d+)\./.exec(readRoot('scripts/newestNode.mjs')) ?? [];
  const versions = readRoot('Dockerfile').match(/^FROM node:\S+/gm);
  expect(new Set(versions)).toEqual(new Set([`FROM node:${newest}-slim`]));
});

test('it runs as an ordinary user, who owns nothing of it', () => {
  expect(image).toMatch(/^USER node$/m);
});

test('its commands are there', () => {
  const [node, script = ''] = listAfter('\\n {2}CMD');
  expect(node).toBe('node');
  for (const file of [script, listAfter('\\nCMD')[1] ?? '']) {
    expect(file).toMatch(/\/dist\/\w+\.js$/);
    expect(existsSync(join(ROOT, file))).toBe(true);
  }
});

test('the build sees what it is built from, and neither data nor secrets', () => {
  const [first, ...rules] = readRoot('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(first).toBe('*');
  const seen = rules.filter((rule) => rule.startsWith('!')).map((rule) => rule.slice(1));
  for (const path of seen) expect(existsSync(join(ROOT, path))).toBe(true);
  expect(seen.some((path) => path.startsWith('.'))).toBe(false);
  for (const path of build.match(/^COPY (?!--from)(.+) \S+$/gm) ?? []) {
    for (const source of path.split(' ').slice(1, -1)) {
      expect(source === '.' || seen.includes(source) || seen.includes(`${source}/`)).toBe(true);
    }
  }
});
