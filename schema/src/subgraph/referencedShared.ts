import {
  isTypeDefinitionNode,
  visit,
  type ASTNode,
  type DocumentNode,
  type TypeDefinitionNode,
} from 'graphql';
import { sharedDefinitions } from './sharedDefinitions.js';

/**
 * The shared definitions that a document refers to, and those that these refer to, in the order of `shared.graphql`.
 * @throws Error when the document defines one of them itself: two definitions of one thing drift apart.
 */
export function referencedShared(document: DocumentNode): readonly TypeDefinitionNode[] {
  for (const definition of document.definitions) {
    if (isTypeDefinitionNode(definition) && sharedDefinitions.has(definition.name.value)) {
      throw new Error(`${definition.name.value} is a shared type: refer to it and leave its definition out.`);
    }
  }
  const found = new Set<string>();
  const follow = (node: ASTNode): void => {
    visit(node, {
      NamedType({ name }) {
        const definition = sharedDefinitions.get(name.value);
        if (!definition || found.has(name.value)) return;
        found.add(name.value);
        follow(definition);
      },
    });
  };
  follow(document);
  return [...sharedDefinitions.values()].filter((definition) => found.has(definition.name.value));
}
