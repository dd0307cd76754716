/**
 * The engine answers, and will not take one of the events, however often they are published: it is too large, say.
 * The others may have been appended; which one it is, is found by publishing fewer.
 */
export class EventsRefused extends Error {
  override readonly name = 'EventsRefused';
}
