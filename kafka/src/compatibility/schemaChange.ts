/**
 * Whom a change of a schema breaks.
 *
 * - `stored`: events that were published before would be refused by those who read them now: they stand in topics,
 *   outboxes, among parked events and, for ever, in the archive.
 * - `readers`: events that are published now would be refused or misread by processes of the version before: during a
 *   release both run, and a reader may be released long after the publisher.
 */
export type Broken = 'stored' | 'readers';

/** A change of a schema that breaks somebody. */
export interface SchemaChange {
  /** Where in the data, `/order/lines/[]/quantity`; empty at its root. */
  readonly path: string;
  readonly what: string;
  readonly breaks: readonly Broken[];
}
