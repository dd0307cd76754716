import type { EventListing } from './event.js';

/** What others are told of an event, as the contract `EventSnapshot` has it. */
export function snapshotOf(event: EventListing) {
  const { configuration } = event;
  return {
    eventId: event.id,
    organizationId: event.organizationId,
    name: event.name,
    status: event.status,
    venue: event.venue,
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    configuration: configuration && {
      ...configuration,
      saleStartsAt: configuration.saleStartsAt.toISOString(),
      saleEndsAt: configuration.saleEndsAt.toISOString(),
      cancellableUntil: configuration.cancellableUntil?.toISOString() ?? null,
    },
  };
}
