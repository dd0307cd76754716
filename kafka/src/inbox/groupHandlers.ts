import { invariant } from '@foyer/platform';
import type { EventHandler } from './defineHandler.js';

/**
 * Handlers by the schema of an event, which names its type and version.
 *
 * @throws when two handlers of one schema have the same name.
 */
export function groupHandlers<Client>(
  handlers: readonly EventHandler<Client>[],
): ReadonlyMap<string, readonly EventHandler<Client>[]> {
  const grouped = new Map<string, EventHandler<Client>[]>();
  for (const handler of handlers) {
    const { type, dataSchema } = handler.definition;
    const others = grouped.get(dataSchema) ?? [];
    invariant(
      others.every(({ name }) => name !== handler.name),
      `two handlers of ${type} are named ${handler.name}`,
    );
    grouped.set(dataSchema, [...others, handler]);
  }
  return grouped;
}
