import type { EventSnapshot, OfferSnapshot, Queryable } from '@foyer/kafka';
import type { PricingRule } from '../domain/pricing.js';
import type { KeyRow } from './findKey.js';

/** What is known here of an offer that somebody wants to buy. */
export interface OfferFacts {
  readonly offer: OfferSnapshot;
  /** null: the copy does not know it yet. */
  readonly event: EventSnapshot | null;
  /** null: nothing was set for the offer nor for its organization. */
  readonly rule: PricingRule | null;
}

/** What is known here before an order is recorded. */
export interface Facts {
  /** The database's time. */
  readonly now: Date;
  readonly offers: readonly OfferFacts[];
  /** null: the copy does not know the person yet. */
  readonly person: { readonly name: string; readonly email: string; readonly active: boolean } | null;
  /** What was asked under the idempotency key and stands or is being made; null when the key is free. */
  readonly key: KeyRow | null;
}

/** Who asks, and under which idempotency key. */
export interface Asking {
  readonly userId: string;
  readonly key: string;
}

interface Row {
  readonly now: Date;
  readonly person: Facts['person'];
  readonly key: Facts['key'];
  readonly offer: OfferSnapshot | null;
  readonly event: EventSnapshot | null;
  readonly rule: PricingRule | null;
}

// One round trip for everything: the copies of offers, of their events and of the person, and the rules of pricing.
const READ = `
  select foyer_now() as now,
    (select jsonb_build_object('name', p.name, 'email', p.email, 'active', p.active)
     from copies.person p where p.user_id = $2) as person,
    (select jsonb_build_object('inputHash', k.input_hash, 'orderId', k.order_id, 'sagaId', k.saga_id)
     from idempotency_key k
     where k.person_id = $2 and k.operation = 'placeOrder' and k.key = $3 and not k.refused
       and k.created_at >= foyer_now() - interval '24 hours') as key,
    o.snapshot as offer, e.snapshot as event,
    case when r.id is null then null else jsonb_build_object(
      'feeBasisPoints', r.fee_basis_points, 'feeFixed', r.fee_fixed, 'feeCurrency', r.fee_currency,
      'taxBasisPoints', r.tax_basis_points, 'taxIncluded', r.tax_included) end as rule
  from (select) as one
  left join copies.offer o on o.offer_id = any($1::uuid[])
  left join copies.event e on e.event_id = o.listing_id
  left join lateral (
    select * from pricing
    where organization_id = e.organization_id and (offer_id = o.offer_id or offer_id is null)
    order by offer_id nulls last limit 1
  ) r on true`;

/** @param asking null when nothing is to be bought. */
export async function readFacts(
  sql: Queryable,
  offerIds: readonly string[],
  asking: Asking | null,
): Promise<Facts> {
  const rows = await sql.query<Row>(READ, [offerIds, asking?.userId ?? null, asking?.key ?? null]);
  const [first] = rows;
  return {
    now: first?.now ?? new Date(0),
    person: first?.person ?? null,
    key: first?.key ?? null,
    offers: rows.flatMap(({ offer, event, rule }) => (offer ? [{ offer, event, rule }] : [])),
  };
}
