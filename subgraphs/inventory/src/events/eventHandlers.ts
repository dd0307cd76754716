import {
  defineHandler,
  EventCancelled,
  EventCreated,
  EventPublished,
  EventUpdated,
  RestaurantCreated,
  RestaurantUpdated,
  type EventHandler,
  type HandlerTransaction,
} from '@foyer/kafka';
import { applyListing, type StoreClient } from '../store/applyListing.js';
import { applyRestaurant } from '../store/applyRestaurant.js';
import type { BookPorts } from '../store/changeBook.js';

/** Follows what catalog says of events and restaurants: each of its events carries the whole present state. */
export function eventHandlers(ports: BookPorts): readonly EventHandler<StoreClient>[] {
  const restaurants = [RestaurantCreated, RestaurantUpdated].map((definition) =>
    defineHandler(definition, {
      name: 'restaurant',
      handle: async ({ data }, { client, sql }: HandlerTransaction<StoreClient>) =>
        applyRestaurant(client, sql, ports, data),
    }),
  );
  const events = [EventCreated, EventUpdated, EventPublished, EventCancelled].map((definition) =>
    defineHandler(definition, {
      // One name for all: they write the same row, so they share one order of versions.
      name: 'listing',
      handle: async ({ data }, { client, sql }: HandlerTransaction<StoreClient>) =>
        applyListing(client, sql, ports, data),
    }),
  );
  return [...events, ...restaurants];
}
