import { Type, type Static } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { Id, Instant, oneOf, orNull } from './parts.js';

/** Status of an event listing. */
export const EVENT_STATUSES = ['DRAFT', 'CONFIGURED', 'APPROVED', 'PUBLISHED', 'CANCELLED'] as const;

/** How an event is sold. */
const EventConfiguration = Type.Object({
  saleStartsAt: Instant,
  saleEndsAt: Instant,
  free: Type.Boolean(),
  /** Over all ticket classes together. */
  maximumAttendees: Type.Integer({ minimum: 1 }),
  visibility: oneOf('PUBLIC', 'PRIVATE'),
  /** null: no waiting room. */
  waitroom: orNull(
    Type.Object({
      maximumInCheckout: Type.Integer({ minimum: 1 }),
      admissionsPerMinute: Type.Integer({ minimum: 1 }),
    }),
  ),
  /** Until when a buyer may cancel a paid order; null: not at all. */
  cancellableUntil: orNull(Instant),
  trending: Type.Boolean(),
});

/** Everything others need to know of an event; each catalog event carries the whole present state. */
export const EventSnapshot = Type.Object({
  eventId: Id,
  organizationId: Id,
  name: Type.String(),
  status: oneOf(...EVENT_STATUSES),
  venue: Type.Object({
    name: Type.String(),
    address: Type.String(),
    city: Type.String(),
    /** IANA name. */
    timeZone: Type.String(),
  }),
  startsAt: Instant,
  endsAt: Instant,
  /** null until configured. */
  configuration: orNull(EventConfiguration),
});

/** Everything others need to know of an event. */
export type EventSnapshot = Static<typeof EventSnapshot>;

const event = { topic: 'catalog-events', aggregateType: 'event', version: 1, data: EventSnapshot } as const;

/** An event was drafted. */
export const EventCreated = defineEvent({ ...event, type: 'event.created' });

/** An event was edited, configured or approved. */
export const EventUpdated = defineEvent({ ...event, type: 'event.updated' });

/** An event is visible and on sale by its times. */
export const EventPublished = defineEvent({ ...event, type: 'event.published' });

/** An event will not take place; its orders are refunded. */
export const EventCancelled = defineEvent({ ...event, type: 'event.cancelled' });
