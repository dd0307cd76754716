import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createOperations, loadGraph, valueOf } from '@foyer/gateway';
import { MAX_COST, readSupergraph } from '@foyer/schema';
import { Kind, parse, validate, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { operationsIn } from './operationsIn.js';

const ROOT = resolve(__dirname, '../../..');
const graph = loadGraph(readSupergraph());
const operations = createOperations(graph);

/** What an operation may cost; every variable that says how many is taken for a hundred. */
function costOf(document: DocumentNode): number {
  const operation = operations.find(document, undefined);
  const many = operation.variableDefinitions.map(({ variable }) => [variable.name.value, 100] as const);
  return valueOf(operation.cost, Object.fromEntries(many));
}

/** Each operation of a text by itself; none when it is not of our graph. */
function operationsOf(text: string): readonly DocumentNode[] {
  let document: DocumentNode;
  try {
    document = parse(text, { noLocation: true });
  } catch {
    return [];
  }
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return document.definitions
    .filter((each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION)
    .map((operation): DocumentNode => ({ kind: Kind.DOCUMENT, definitions: [operation, ...fragments] }))
    .filter((each) => validate(graph.apiSchema, each).length === 0);
}

test('what README, documents, demo data and whole-system tests ask for costs less than a fifth of what is taken', () => {
  const documents = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(ROOT, 'docs', name));
  const found = operationsIn(
    ['test/src/e2e', 'test/src/harness', 'test/src/bench', 'test/src/chaos', 'system/src'].map((folder) =>
      join(ROOT, folder),
    ),
    [join(ROOT, 'README.md'), ...documents],
  ).flatMap(({ file, text }) =>
    operationsOf(text).map((document) => ({ where: relative(ROOT, file), text, cost: costOf(document) })),
  );
  // Were the search broken, it would find nothing dear.
  expect(found.length).toBeGreaterThan(100);
  expect(found.filter(({ cost }) => cost >= MAX_COST / 5)).toEqual([]);
});

test.each([
  [
    'lists in lists in lists',
    `{ restaurants(first: 100) { edges { node { organization { restaurants(first: 100) { edges { node { organization {
       restaurants(first: 100) { edges { node { organization { restaurants(first: 100) { edges { node { id } } } } } }
     } } } } } } } } } }`,
  ],
  [
    'default pages, nowhere said',
    `{ restaurants { edges { node { organization { restaurants { edges { node { organization { events { edges { node {
       id ticketClasses { id } } } } } } } } } } } } }`,
  ],
  [
    'one page many times',
    `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: restaurants(first: 100) { edges { node { reviews { edges { node { rating } } } } } }`).join(' ')} }`,
  ],
])('%s cost too much', (_, text) => {
  const [document] = operationsOf(text);
  expect(document && costOf(document)).toBeGreaterThan(MAX_COST);
});
