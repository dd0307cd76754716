import { money } from '../domain/money.js';

/** A line of an order or quote, amounts in minor units. */
interface Line {
  readonly offerId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: number | bigint;
  readonly subtotal: number | bigint;
  readonly fee: number | bigint;
  readonly tax: number | bigint;
  readonly taxIncluded: boolean;
  readonly total: number | bigint;
}

/** A line as the graph shows it. */
export function lineFor(
  { offerId, name, quantity, taxIncluded, ...amounts }: Line,
  currency: string,
  kind: 'TICKETS' | 'TABLE' = 'TICKETS',
) {
  return {
    ticketClass: kind === 'TICKETS' ? { id: offerId } : null,
    name,
    quantity,
    taxIncluded,
    unitPrice: money(amounts.unitPrice, currency),
    subtotal: money(amounts.subtotal, currency),
    fee: money(amounts.fee, currency),
    tax: money(amounts.tax, currency),
    total: money(amounts.total, currency),
  };
}
