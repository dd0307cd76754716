import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTypeDefinitionNode, parse, type TypeDefinitionNode } from 'graphql';

/** The definitions of `shared.graphql`, by name. */
export const sharedDefinitions: ReadonlyMap<string, TypeDefinitionNode> = new Map(
  parse(readFileSync(join(__dirname, '..', '..', 'shared.graphql'), 'utf8'), { noLocation: true })
    .definitions.filter(isTypeDefinitionNode)
    .map((definition) => [definition.name.value, definition]),
);
