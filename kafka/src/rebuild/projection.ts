import { invariant } from '@foyer/platform';
import type { EventHandler } from '../inbox/defineHandler.js';

/** What is told of a projection. */
export interface ProjectionOptions {
  /** The name of its handlers. */
  readonly name: string;
  /** Where its tables are. A plain lower-case name. */
  readonly schema: string;
  /** The tables that its handlers write to, and nobody else. Their shape is that of the migrations. */
  readonly tables: readonly string[];
  /**
   * Its handlers, writing to the tables of these names in the given schema and to nothing else: no other table, no
   * event, no call.
   */
  readonly handlers: (schema: string) => readonly EventHandler<unknown>[];
}

/** Tables that follow from events alone, so that they can be built anew from the archives of those who publish them. */
export interface Projection extends Omit<ProjectionOptions, 'handlers'> {
  /** Keeps the projection. @param schema default: where its tables are. */
  handlers(schema?: string): readonly EventHandler<unknown>[];
}

/**
 * Defines a projection.
 *
 * @throws when a handler has another name, or handles in any order: it is by the versions that a rebuild knows what the
 * handlers have done.
 */
export function defineProjection(options: ProjectionOptions): Projection {
  for (const { name, order } of options.handlers(options.schema)) {
    invariant(name === options.name, `handler ${name} belongs to the projection ${options.name}`);
    invariant(order === 'newest', `the projection ${name} handles events in any order`);
  }
  return { ...options, handlers: (schema = options.schema) => options.handlers(schema) };
}
