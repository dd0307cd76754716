import { parse, visit, type DefinitionNode, type DocumentNode } from 'graphql';

/** Version of the federation specification that the subgraphs are written for. */
const SPECIFICATION = 'https://specs.apollo.dev/federation/v2.9';

const DIRECTIVES: ReadonlySet<string> = new Set([
  'authenticated',
  'cost',
  'external',
  'inaccessible',
  'interfaceObject',
  'key',
  'listSize',
  'override',
  'policy',
  'provides',
  'requires',
  'requiresScopes',
  'shareable',
  'tag',
]);

/** `extend schema @link(…)` importing the federation directives that a document uses. */
export function federationLink(document: DocumentNode): DefinitionNode {
  const used = new Set<string>();
  visit(document, {
    Directive({ name }) {
      if (DIRECTIVES.has(name.value)) used.add(`"@${name.value}"`);
    },
  });
  const imports = [...used].sort().join(', ');
  const link = `extend schema @link(url: "${SPECIFICATION}", import: [${imports}])`;
  return parse(link, { noLocation: true }).definitions[0] as DefinitionNode;
}
