import type { PricedLine } from '../domain/pricing.js';
import type { OrderWork } from './orderWork.js';

/** Fixes the prices of an order's lines, where they are not what was quoted. */
export async function savePrices(work: OrderWork, priced: readonly PricedLine[]): Promise<void> {
  const quoted = await work.lines();
  const byOffer = new Map(priced.map((line) => [line.offerId, line]));
  const lines = quoted.map((line) => ({ ...line, ...byOffer.get(line.offerId) }));
  const differs = lines.some((line, index) => {
    const before = quoted[index];
    return line.name !== before?.name || line.unitPrice !== before.unitPrice || line.total !== before.total;
  });
  if (!differs) return;
  await work.sql.query(
    `update order_line o set name = l.name, unit_price = l."unitPrice", subtotal = l.subtotal, fee = l.fee,
       tax = l.tax, tax_included = l."taxIncluded", total = l.total
     from jsonb_to_recordset($2::jsonb) as l (position int, name text, "unitPrice" bigint, subtotal bigint, fee bigint,
       tax bigint, "taxIncluded" boolean, total bigint)
     where o.order_id = $1 and o.position = l.position`,
    [work.order.id, JSON.stringify(lines)],
  );
  work.setLines(lines);
}
