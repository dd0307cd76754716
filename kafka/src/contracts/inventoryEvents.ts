import { Type, type Static } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { Id, Instant, MoneyAmount, oneOf, orNull } from './parts.js';
import { LineSeating } from './tableEvents.js';

/** What an offer can say of its availability. Never one word for two meanings. */
export const AVAILABILITY_STATES = [
  'AVAILABLE',
  'LOW',
  'HELD',
  'SOLD_OUT',
  'PAUSED',
  'NOT_ON_SALE',
  'SALE_ENDED',
] as const;

const Lines = Type.Array(
  Type.Object({
    offerId: Id,
    listingId: Id,
    quantity: Type.Integer({ minimum: 1 }),
    /** Lines of table offers only. */
    seating: Type.Optional(LineSeating),
  }),
);

const hold = {
  topic: 'inventory-events',
  aggregateType: 'hold',
  version: 1,
  data: Type.Object({ orderId: Id, lines: Lines }),
} as const;

/** Units were taken out of sale for an order (aggregate id: the order's). */
export const InventoryHeld = defineEvent({
  ...hold,
  type: 'inventory.held',
  data: Type.Object({ orderId: Id, lines: Lines, expiresAt: Instant }),
});

/** An order's held units are sold. */
export const InventoryConfirmed = defineEvent({ ...hold, type: 'inventory.confirmed' });

/** An order has other lines than it had, in the same state: these are all it has now. */
export const InventoryChanged = defineEvent({ ...hold, type: 'inventory.changed' });

/** An order's units, held or sold, are back. */
export const InventoryReleased = defineEvent({ ...hold, type: 'inventory.released' });

/** An order's hold has run out; its units are back. */
export const InventoryExpired = defineEvent({ ...hold, type: 'inventory.expired' });

/** Everything others need to know of an offer, counters aside. */
export const OfferSnapshot = Type.Object({
  offerId: Id,
  /** TABLE: the tables of an area of a restaurant; its price is the deposit per person. */
  kind: oneOf('TICKET_CLASS', 'TABLE'),
  /** The event or restaurant. */
  listingId: Id,
  organizationId: Id,
  name: Type.String(),
  price: MoneyAmount,
  total: Type.Integer({ minimum: 0 }),
  limitPerPerson: Type.Integer({ minimum: 1 }),
  /** null: the event's own sale times. */
  saleStartsAt: orNull(Instant),
  saleEndsAt: orNull(Instant),
  paused: Type.Boolean(),
  /** Needs an access code. */
  hidden: Type.Boolean(),
});

/** Everything others need to know of an offer, counters aside. */
export type OfferSnapshot = Static<typeof OfferSnapshot>;

const offer = { topic: 'inventory-events', aggregateType: 'offer', version: 1 } as const;

/** There is something to buy. */
export const OfferCreated = defineEvent({ ...offer, type: 'offer.created', data: OfferSnapshot });

/** Price, total, limits or sale window of an offer changed. */
export const OfferUpdated = defineEvent({ ...offer, type: 'offer.updated', data: OfferSnapshot });

/** The availability state of an offer changed. Counts alone do not make this event. */
export const AvailabilityChanged = defineEvent({
  ...offer,
  type: 'availability.changed',
  data: Type.Object({
    offerId: Id,
    listingId: Id,
    state: oneOf(...AVAILABILITY_STATES),
    total: Type.Integer({ minimum: 0 }),
    reserved: Type.Integer({ minimum: 0 }),
    sold: Type.Integer({ minimum: 0 }),
  }),
});
