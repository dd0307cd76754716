import type { DocumentNode } from 'graphql';
import type { Problem } from '../problem.js';
import { fieldsOf, implementsInterface, membersOf, typeText } from '../typesOf.js';

/** A mutation returns a union, never null: one payload, and refusals, which implement `Refusal`. */
export function mutationsRefuse(documents: readonly DocumentNode[]): readonly Problem[] {
  return fieldsOf(documents, 'Mutation').flatMap((field) => {
    const problem = (message: string): Problem[] => [
      { rule: 'mutationsRefuse', coordinate: `Mutation.${field.name.value}`, message },
    ];
    const type = typeText(field.type);
    if (!type.endsWith('!')) return problem(`returns ${type}, which can be null: return a union that is not`);
    const members = membersOf(documents, type.slice(0, -1));
    if (!members) return problem(`returns ${type}: return a union of its payload and its refusals`);
    const payloads = members.filter((member) => !implementsInterface(documents, member, 'Refusal'));
    if (payloads.length === members.length) return problem(`${type} has no member that implements Refusal`);
    if (payloads.length !== 1) {
      return problem(
        `${type} should have one member that does not implement Refusal; it has ${payloads.join(', ') || 'none'}`,
      );
    }
    return [];
  });
}
