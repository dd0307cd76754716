import { readFile, writeFile } from 'node:fs/promises';

const HEAD = `# Benchmarks

Written by \`npm run bench\`; \`npm run bench -- NAME\` replaces one section. A ratio compares with the baseline of the same run.
`;

/**
 * Puts a section into the file of figures, in place of the one of the same name if there is one, else at the end.
 * @param text without its heading.
 */
export async function writeSection(file: string, name: string, text: string): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => HEAD);
  await writeFile(file, replaceSection(before, name, text));
}

/** See `writeSection`. */
export function replaceSection(document: string, name: string, text: string): string {
  const section = `## ${name}\n\n${text.trim()}\n`;
  const [head = '', ...sections] = document.split(/^(?=## )/m);
  const index = sections.findIndex((one) => one.startsWith(`## ${name}\n`));
  const others = sections.map((one) => `${one.trim()}\n`);
  const all = index === -1 ? [...others, section] : others.with(index, section);
  return [`${head.trim()}\n`, ...all].join('\n');
}
