import { invariant, type SqlTransaction } from '@foyer/platform';
import type { CloudEvent } from '../event/cloudEvent.js';
import type { EventDefinition, EventOf } from '../event/defineEvent.js';

/** The transaction in which an event is handled. */
export interface HandlerTransaction<Client> {
  /** What the store's transactions give, for example Prisma's client. */
  readonly client: Client;
  /** The same transaction as SQL, for the outbox. */
  readonly sql: SqlTransaction;
}

export interface HandlerOptions<Definition extends EventDefinition, Client> {
  /**
   * What the inbox knows the handler by. Handlers of one name share the order of versions: give those the same
   * name that write the same thing. Default: the event's type. Never to be changed: a handler under a new name
   * has seen nothing.
   */
  readonly name?: string;
  /**
   * `newest` (default): an event whose version is not above the last one applied to its aggregate is ignored.
   * `any`: every event is handled, once.
   */
  readonly order?: 'newest' | 'any';
  /**
   * Changes state because of an event, within the transaction that marks it as handled. When it rejects, nothing
   * has happened and it is called again later. Must not do what can't be rolled back.
   */
  readonly handle: (event: EventOf<Definition>, transaction: HandlerTransaction<Client>) => Promise<void>;
}

/** What a subgraph does when an event of one type arrives. */
export interface EventHandler<Client = unknown> {
  readonly definition: EventDefinition;
  readonly name: string;
  readonly order: 'newest' | 'any';
  // Declared as a method so that handlers of different events fit into one list.
  handle(event: CloudEvent, transaction: HandlerTransaction<Client>): Promise<void>;
}

/**
 * Defines what a subgraph does when an event arrives.
 *
 * @throws when the name is empty.
 */
export function defineHandler<Definition extends EventDefinition, Client>(
  definition: Definition,
  { name = definition.type, order = 'newest', handle }: HandlerOptions<Definition, Client>,
): EventHandler<Client> {
  invariant(name !== '', `a handler of ${definition.type} has no name`);
  return {
    definition,
    name,
    order,
    // The runtime has checked the data against the definition.
    handle: (event, transaction) => handle(event, transaction),
  };
}
