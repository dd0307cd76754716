import { eventDefinitions, type EventDefinition } from '@foyer/kafka';
import * as kafka from '@foyer/kafka';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DEFINITION = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const (\w+) = defineEvent\(/g;

/**
 * What each event tells, in the words of the comment above its contract: said once, where it is read most.
 *
 * @param folder `kafka/src/contracts`.
 * @throws when a contract has no such comment.
 */
export function readSummaries(folder: string): (definition: EventDefinition) => string {
  const comments = new Map<string, string>();
  for (const file of readdirSync(folder)) {
    for (const [, comment = '', name = ''] of readFileSync(join(folder, file), 'utf8').matchAll(DEFINITION)) {
      comments.set(name, comment.replaceAll(/\s*\n\s*\*\s?/g, ' ').trim());
    }
  }
  const names = new Map<unknown, string>(Object.entries(kafka).map(([name, value]) => [value, name]));
  const summaries = new Map(
    eventDefinitions.map((each) => [each, comments.get(names.get(each) ?? '')] as const),
  );
  return (definition) => {
    const summary = summaries.get(definition);
    if (summary === undefined) throw new Error(`${definition.type} has no comment above its defineEvent`);
    return summary;
  };
}
