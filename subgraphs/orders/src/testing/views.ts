import type { EventSnapshot } from '@foyer/kafka';
import { newId } from '@foyer/platform';

/** Variables and inputs of any operation. */
export type Input = Readonly<Record<string, unknown>>;

interface Amount {
  readonly amount: number;
  readonly currency: string;
  readonly exponent: number;
}

/** An order as `ORDER` asks for it. */
export interface OrderView {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly reason: string | null;
  readonly version: number;
  readonly payBy: string | null;
  readonly payment: { readonly id: string } | null;
  readonly total: Amount;
  readonly refunded: Amount;
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly total: Amount }[];
  readonly tickets: readonly {
    readonly id: string;
    readonly status: string;
    readonly code: string | null;
    readonly shortCode: string | null;
  }[];
  readonly history: readonly { readonly version: number; readonly kind: string; readonly status: string }[];
}

/** The result of a mutation: its payload or a refusal. */
export interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly fields?: readonly { readonly path: string; readonly rule: string }[];
  readonly order?: OrderView;
  readonly [field: string]: unknown;
}

/** Fields of an order that tests look at. */
export const ORDER = `id code status reason version payBy payment { id } total { amount currency exponent } refunded { amount }
  lines { name quantity total { amount } } tickets { id status code shortCode } history { version kind status }`;

export const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename
  ... on PlaceOrderPayload { order { ${ORDER} } } ... on Refusal { code message }
  ... on InvalidInput { fields { path rule message } } ... on PriceChanged { total { amount currency } }
  ... on OfferRefused { available availability offer { id } } ... on AdmissionRefused { event { id } } } }`;

const DAY = 24 * 60 * 60 * 1000;

/** A published event that is on sale now. */
export function publishedEvent(organizationId: string, event: Partial<EventSnapshot> = {}): EventSnapshot {
  const at = (days: number): string => new Date(Date.now() + days * DAY).toISOString();
  return {
    eventId: newId(),
    organizationId,
    name: 'Night of Lights',
    status: 'PUBLISHED',
    venue: { name: 'Hall', address: 'Street 1', city: 'Berlin', timeZone: 'Europe/Berlin' },
    startsAt: at(30),
    endsAt: at(31),
    configuration: {
      saleStartsAt: at(-1),
      saleEndsAt: at(29),
      free: false,
      maximumAttendees: 1000,
      visibility: 'PUBLIC',
      waitroom: null,
      cancellableUntil: at(20),
      trending: false,
    },
    ...event,
  };
}
