import {
  defineHandler,
  EventCancelled,
  EventCreated,
  EventPublished,
  EventUpdated,
  type EventHandler,
  type HandlerTransaction,
} from '@foyer/kafka';
import type { TransactionClient } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/inventory';
import { applyListing } from '../store/applyListing.js';
import type { BookPorts } from '../store/changeBook.js';

type Client = TransactionClient<PrismaClient>;

/** Follows what catalog says of events: each of its events carries the whole present state. */
export function eventHandlers(ports: BookPorts): readonly EventHandler<Client>[] {
  return [EventCreated, EventUpdated, EventPublished, EventCancelled].map((definition) =>
    defineHandler(definition, {
      // One name for all: they write the same row, so they share one order of versions.
      name: 'listing',
      handle: async ({ data }, { client, sql }: HandlerTransaction<Client>) => applyListing(client, sql, ports, data),
    }),
  );
}
