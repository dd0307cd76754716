import { Kind, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import type { Problem } from '../problem.js';
import { fieldsOf, typeText } from '../typesOf.js';

/**
 * What is named a connection is one: `edges: [XEdge!]!` with `cursor: String!` and `node`, `pageInfo: PageInfo!`; and a
 * field that returns one takes `first: Int` and `after: String`.
 * @see https://relay.dev/graphql/connections.htm
 */
export function connections(documents: readonly DocumentNode[]): readonly Problem[] {
  const problem = (coordinate: string, message: string): Problem => ({
    rule: 'connections',
    coordinate,
    message,
  });
  const shapes = objectNames(documents)
    .filter((type) => type.endsWith('Connection'))
    .flatMap((type) => {
      const edge = `${type.slice(0, -'Connection'.length)}Edge`;
      const found: Problem[] = [];
      const demand = (
        owner: string,
        name: string,
        expected: (text: string) => boolean,
        words: string,
      ): void => {
        const field = fieldsOf(documents, owner).find((each) => each.name.value === name);
        if (!field || !expected(typeText(field.type)))
          found.push(problem(`${owner}.${name}`, `should be ${words}`));
      };
      demand(type, 'edges', (text) => text === `[${edge}!]!`, `[${edge}!]!`);
      demand(type, 'pageInfo', (text) => text === 'PageInfo!', 'PageInfo!');
      demand(edge, 'cursor', (text) => text === 'String!', 'String!');
      demand(edge, 'node', (text) => !text.startsWith('['), 'the element');
      return found;
    });
  const uses = objectNames(documents).flatMap((type) =>
    fieldsOf(documents, type)
      .filter((field) => typeText(field.type).replace('!', '').endsWith('Connection'))
      .filter((field) => argumentType(field, 'first') !== 'Int' || argumentType(field, 'after') !== 'String')
      .map((field) => problem(`${type}.${field.name.value}`, 'should take `first: Int` and `after: String`')),
  );
  return [...shapes, ...uses];
}

function objectNames(documents: readonly DocumentNode[]): readonly string[] {
  const names = documents
    .flatMap((document) => document.definitions)
    .flatMap((definition) => {
      const { kind } = definition;
      return kind === Kind.OBJECT_TYPE_DEFINITION || kind === Kind.OBJECT_TYPE_EXTENSION
        ? [definition.name.value]
        : [];
    });
  return [...new Set(names)];
}

/** Type of an argument, null when there is none; a default value does not matter. */
function argumentType(field: FieldDefinitionNode, name: string): string | null {
  const argument = field.arguments?.find((each) => each.name.value === name);
  return argument ? typeText(argument.type).replace(/!$/, '') : null;
}
