import { invariant } from '@foyer/platform';
import type { EventHandler } from './defineHandler.js';

/**
 * Handlers by type of event.
 *
 * @throws when two handlers of one type have the same name.
 */
export function groupHandlers<Client>(
  handlers: readonly EventHandler<Client>[],
): ReadonlyMap<string, readonly EventHandler<Client>[]> {
  const grouped = new Map<string, EventHandler<Client>[]>();
  for (const handler of handlers) {
    const { type } = handler.definition;
    const others = grouped.get(type) ?? [];
    invariant(
      others.every(({ name }) => name !== handler.name),
      `two handlers of ${type} are named ${handler.name}`,
    );
    grouped.set(type, [...others, handler]);
  }
  return grouped;
}
