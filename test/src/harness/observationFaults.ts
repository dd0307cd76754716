import type { ObservedOrder, Observations } from './observations.js';
import type { Databases } from './quiet.js';

interface OrderRow {
  readonly id: string;
  readonly buyerId: string;
  readonly status: string;
  readonly version: number;
  readonly total: number;
  readonly captured: number;
  readonly refunded: number;
  /** By id, their states. */
  readonly tickets: Readonly<Record<string, string>>;
}

const BOUGHT: readonly string[] = ['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'];
const LIVE: readonly string[] = ['VALID', 'REDEEMED'];

/**
 * Whether the databases bear out what clients were told: an acknowledged purchase exists with its tickets, acknowledged
 * money was taken, a refusal was not charged, and nobody has bought what they know nothing of.
 */
export async function observationFaults(
  { orders }: Databases,
  observations: Observations,
): Promise<readonly string[]> {
  const people = [...observations.keys.keys()];
  const rows = await orders.query<OrderRow>(
    `select id, buyer_id as "buyerId", status, version::float8 as version, total::float8 as total,
       captured::float8 as captured, refunded::float8 as refunded,
       coalesce((select jsonb_object_agg(t.id, t.state) from ticket t where t.order_id = o.id), '{}') as tickets
     from orders o where buyer_id = any($1::uuid[]) and status <> 'FAILED'`,
    [people],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [
    ...observations.contradictions,
    ...[...observations.orders.values()].flatMap((told) => faultsOf(told, byId.get(told.id))),
    ...rows
      .filter(({ id, captured }) => captured > 0 && !observations.orders.has(id))
      .map(
        ({ id, buyerId, captured }) => `${buyerId} paid ${captured} for order ${id} and never heard of it`,
      ),
    ...(await keyFaults(orders, observations)),
  ];
}

function faultsOf(told: ObservedOrder, row: OrderRow | undefined): readonly string[] {
  const { id, completed, tickets, refundAsked, cancelAsked } = told;
  if (!row) return completed || told.paid ? [`order ${id} was acknowledged and does not exist`] : [];
  const faults: string[] = [];
  if (row.buyerId !== told.personId) faults.push(`order ${id} is another person’s`);
  if (row.version < told.version)
    faults.push(`order ${id} was shown at version ${told.version} and is at ${row.version}`);
  if (completed && !BOUGHT.includes(row.status) && !(cancelAsked && row.status === 'CANCELLED'))
    faults.push(`order ${id} was told to be complete and is ${row.status}`);
  for (const ticket of tickets) {
    const state = row.tickets[ticket];
    const mayBeDead = cancelAsked || refundAsked.has(ticket);
    if (state === undefined) faults.push(`ticket ${ticket} of order ${id} was shown and does not exist`);
    else if (!LIVE.includes(state) && !mayBeDead)
      faults.push(`ticket ${ticket} of order ${id} is ${state}, and nobody asked for that`);
  }
  if (told.paid && row.captured === 0) faults.push(`order ${id} was paid on the pay page and has no money`);
  if (!told.paid && row.captured > 0) faults.push(`order ${id} took ${row.captured} that nobody paid`);
  if (completed && row.captured < row.total)
    faults.push(`order ${id} costs ${row.total} and took ${row.captured}`);
  if (row.refunded < told.refunded)
    faults.push(`order ${id} was told to have refunded ${told.refunded} and has refunded ${row.refunded}`);
  if (row.refunded > 0 && completed && !cancelAsked && refundAsked.size === 0)
    faults.push(`order ${id} refunded ${row.refunded}, and nobody asked for that`);
  return faults;
}

/** Every order that stands was asked for by its person, once per key; and a refused key has kept no money. */
async function keyFaults(
  orders: Databases['orders'],
  { keys, refusals }: Observations,
): Promise<readonly string[]> {
  const pairs = [...keys].flatMap(([person, own]) => [...own].map((key) => [person, key] as const));
  const asked = { people: pairs.map(([person]) => person), keys: pairs.map(([, key]) => key) };
  const unasked = await orders.query<{ fault: string }>(
    `select format('order %s is %s, and its buyer did not ask for it', o.id, o.status) as fault
     from orders o
     where o.buyer_id = any($1::uuid[]) and o.status <> 'FAILED' and not exists (
       select from idempotency_key k
       join unnest($1::uuid[], $2::text[]) as a (person, key) on a.person = k.person_id and a.key = k.key
       where k.order_id = o.id and k.operation = 'placeOrder' and k.person_id = o.buyer_id)`,
    [asked.people, asked.keys],
  );
  const charged = await orders.query<{ fault: string }>(
    `select format('order %s of %s was refused and keeps %s', o.id, o.buyer_id, o.captured - o.refunded) as fault
     from unnest($1::uuid[], $2::text[]) as r (person, key)
     join idempotency_key k on k.person_id = r.person and k.key = r.key and k.operation = 'placeOrder'
     join orders o on o.id = k.order_id
     where o.captured > o.refunded`,
    [refusals.map(({ personId }) => personId), refusals.map(({ idempotencyKey }) => idempotencyKey)],
  );
  return [...unasked, ...charged].map(({ fault }) => fault);
}
