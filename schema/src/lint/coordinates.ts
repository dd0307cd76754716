import { Kind, visit, type ASTNode, type DocumentNode, type StringValueNode } from 'graphql';

/** What a coordinate names. */
export type ElementKind = 'type' | 'field' | 'argument' | 'inputField' | 'enumValue';

/** A named element of a schema document. */
export interface Element {
  readonly kind: ElementKind;
  readonly coordinate: string;
  /** Its own name, the last part of the coordinate. */
  readonly name: string;
  readonly described: boolean;
}

/** Every type, field, argument, input field and enum value that a document defines or extends. */
export function elementsOf(document: DocumentNode): readonly Element[] {
  const elements: Element[] = [];
  const add = (kind: ElementKind, coordinate: string, node: Described): void => {
    elements.push({
      kind,
      coordinate,
      name: node.name.value,
      described: (node.description?.value ?? '') !== '',
    });
  };
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name || definition.kind === Kind.DIRECTIVE_DEFINITION)
      continue;
    const type = definition.name.value;
    // An extension adds to a type that somebody else describes; what it adds is described here.
    if (definition.kind.endsWith('TypeDefinition')) add('type', type, definition as Described);
    visit(definition as ASTNode, {
      FieldDefinition(field) {
        add('field', `${type}.${field.name.value}`, field);
        for (const argument of field.arguments ?? []) {
          add('argument', `${type}.${field.name.value}(${argument.name.value}:)`, argument);
        }
        return false;
      },
      InputValueDefinition(input) {
        add('inputField', `${type}.${input.name.value}`, input);
      },
      EnumValueDefinition(value) {
        add('enumValue', `${type}.${value.name.value}`, value);
      },
    });
  }
  return elements;
}

interface Described {
  readonly name: { readonly value: string };
  readonly description?: StringValueNode | undefined;
}
