import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A text of the repository that looks like GraphQL's operations. */
export interface FoundText {
  readonly file: string;
  readonly text: string;
}

const OPERATION = /^\s*(query|mutation|subscription|fragment|\{)/;

/**
 * Texts in TypeScript sources that begin as an operation does, with the constants that they quote put in; and the
 * operations that Markdown shows.
 */
export function operationsIn(folders: readonly string[], documents: readonly string[]): readonly FoundText[] {
  const sources = folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({
      file,
      source: ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest),
    }));
  const constants = new Map<string, string>();
  const noteConstants = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      const text = textOf(node.initializer, constants);
      if (text !== null) constants.set(node.name.text, text);
    }
    ts.forEachChild(node, noteConstants);
  };
  // Twice: a constant may quote one that a later file defines.
  for (const { source } of [...sources, ...sources]) noteConstants(source);

  const found: FoundText[] = documents.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^```graphql\n(.*?)^```/gms)].map(([, text = '']) => ({
      file,
      text,
    })),
  );
  for (const { file, source } of sources) {
    const collect = (node: ts.Node): void => {
      const text = textOf(node, constants);
      if (text !== null && OPERATION.test(text)) found.push({ file, text });
      ts.forEachChild(node, collect);
    };
    collect(source);
  }
  return found;
}

/** The value of a string; null for every other node. */
function textOf(node: ts.Node, constants: ReadonlyMap<string, string>): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  const spans = node.templateSpans.map(({ expression, literal }) => {
    const value = ts.isIdentifier(expression) ? constants.get(expression.text) : undefined;
    return `${value ?? ''}${literal.text}`;
  });
  return [node.head.text, ...spans].join('');
}
