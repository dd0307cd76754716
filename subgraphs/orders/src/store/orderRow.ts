import type { OrderReason, OrderStatus } from '../domain/orderStatus.js';

/** An order as the store works on it. Amounts are minor units of `currency`. */
export interface OrderRow {
  readonly id: string;
  /** What is sold: tickets, or a table at a time. */
  readonly kind: 'TICKETS' | 'TABLE';
  readonly code: string;
  /** Of a table that staff booked for somebody: the order's own id. */
  readonly buyerId: string;
  readonly buyerName: string;
  readonly buyerEmail: string;
  /** Of a table: the restaurant's id. */
  readonly eventId: string;
  readonly eventName: string;
  readonly organizationId: string;
  readonly status: OrderStatus;
  readonly reason: OrderReason | null;
  readonly version: number;
  readonly currency: string;
  readonly subtotal: number;
  readonly fees: number;
  readonly tax: number;
  readonly total: number;
  readonly captured: number;
  readonly refundRequested: number;
  readonly refunded: number;
  readonly admissionId: string | null;
  readonly holdExpiresAt: Date | null;
  readonly placedAt: Date;
  readonly updatedAt: Date;
}

/** Columns of an order `o` as `OrderRow` names them; amounts are safe integers, which a float8 holds exactly. */
export const ORDER_COLUMNS = `o.id, o.kind, o.code, o.buyer_id as "buyerId", o.buyer_name as "buyerName",
  o.buyer_email as "buyerEmail", o.event_id as "eventId", o.event_name as "eventName",
  o.organization_id as "organizationId", o.status, o.reason, o.version::float8 as version, o.currency,
  o.subtotal::float8 as subtotal, o.fees::float8 as fees, o.tax::float8 as tax, o.total::float8 as total,
  o.captured::float8 as captured, o.refund_requested::float8 as "refundRequested", o.refunded::float8 as refunded,
  o.admission_id as "admissionId", o.hold_expires_at as "holdExpiresAt", o.placed_at as "placedAt",
  o.updated_at as "updatedAt"`;

/** A line of an order as the store works on it. */
export interface LineRow {
  readonly position: number;
  readonly offerId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly subtotal: number;
  readonly fee: number;
  readonly tax: number;
  readonly taxIncluded: boolean;
  readonly total: number;
}

/** Columns of a line as `LineRow` names them. */
export const LINE_COLUMNS = `position, offer_id as "offerId", name, quantity, unit_price::float8 as "unitPrice",
  subtotal::float8 as subtotal, fee::float8 as fee, tax::float8 as tax, tax_included as "taxIncluded",
  total::float8 as total`;
