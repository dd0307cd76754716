import type { EventDefinition } from '../event/defineEvent.js';
import type { EventHandler } from './defineHandler.js';

/** By type of event, the contracts by which a group can read it: one per version, the newest first. */
export type KnownEvents = ReadonlyMap<string, readonly EventDefinition[]>;

/** What these handlers can read. */
export function knownEvents(handlers: readonly EventHandler<never>[]): KnownEvents {
  const known = new Map<string, EventDefinition[]>();
  for (const { definition } of handlers) {
    const versions = known.get(definition.type) ?? [];
    if (!versions.includes(definition)) versions.push(definition);
    known.set(
      definition.type,
      versions.sort((a, b) => b.version - a.version),
    );
  }
  return known;
}
