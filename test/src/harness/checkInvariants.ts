import { checkLedger } from '@foyer/payments';
import { checkWaitroomLog, readPersonalLog, type PersonalLogRow } from '@foyer/waitroom';
import { waitUntil } from '@foyer/platform/testing';
import { eventFaults } from './eventFaults.js';
import { observationFaults } from './observationFaults.js';
import type { Observations } from './observations.js';
import { observe, SUBGRAPH_DATABASES, type Databases } from './quiet.js';
import { strayFaults } from './strayFaults.js';
import { tableFaults } from './tableFaults.js';

/** A statement whose every row is a `fault` in words. */
interface FaultQuery {
  readonly database: keyof Databases;
  readonly sql: string;
}

/** What must be so as soon as everything is quiet. */
const QUIET: readonly FaultQuery[] = [
  {
    database: 'orders',
    sql: `select format('saga %s of order %s is %s at %s: %s', kind, order_id, state, step, last_error) as fault from saga where state in ('RUNNING', 'PARKED')`,
  },
  {
    database: 'orders',
    sql: `select format('refund %s is %s', id, state) as fault from refund where state <> 'DONE'`,
  },
  {
    database: 'payments',
    sql: `select format('refund %s is %s', id, status) as fault from refund where status <> 'SUCCEEDED'`,
  },
];

/** What must be so at every instant. */
const ALWAYS: readonly FaultQuery[] = [
  {
    database: 'inventory',
    sql: `select format('offer %s: %s reserved + %s sold of %s', id, reserved, sold, total) as fault from offer where reserved + sold > total or reserved < 0 or sold < 0`,
  },
  {
    database: 'inventory',
    sql: `select format('offer %s counts %s/%s, its holds say %s/%s', o.id, o.reserved, o.sold, h.reserved, h.sold) as fault
      from offer o cross join lateral (
        select coalesce(sum(l.quantity) filter (where h.state = 'HELD'), 0) as reserved,
               coalesce(sum(l.quantity - l.returned) filter (where h.state = 'CONFIRMED'), 0) as sold
        from hold_line l join hold h using (order_id) where l.offer_id = o.id
      ) h where o.kind = 'TICKET_CLASS' and (o.reserved, o.sold) <> (h.reserved, h.sold)`,
  },
  {
    database: 'inventory',
    sql: `select format('table %s has two parties at once', table_id) as fault from (
        select table_id, lower(during) < lag(upper(during)) over (partition by table_id order by during) as twice
        from seating s cross join lateral unnest(tables) as table_id
        join hold h using (order_id) join hold_line using (order_id, offer_id) where h.state in ('HELD', 'CONFIRMED')
      ) t where twice`,
  },
  {
    database: 'inventory',
    sql: `select format('order %s has a table by its hold: %s, by the timeline: %s', order_id, held, drawn) as fault from (
        select order_id, h.state in ('HELD', 'CONFIRMED') and l.offer_id is not null as held,
          s.live and cardinality(s.tables) = (
            select count(*) from seating_table t
            where t.order_id = s.order_id and t.offer_id = s.offer_id and t.during = s.during
              and t.table_id = any(s.tables)
          ) as drawn
        from seating s join hold h using (order_id) left join hold_line l using (order_id, offer_id)
      ) t where held is distinct from drawn`,
  },
  {
    database: 'inventory',
    sql: `select format('%s seats of area %s are taken at %s, of %s', taken, area_id, starts_at, capacity) as fault
      from slot_seats where taken > capacity or taken < 0`,
  },
  {
    database: 'inventory',
    sql: `select format('%s has %s of offer %s, at most %s', h.person_id, sum(l.quantity - l.returned), l.offer_id, o.limit_per_person) as fault
      from hold h join hold_line l using (order_id) join offer o on o.id = l.offer_id
      where o.kind = 'TICKET_CLASS' and h.state in ('HELD', 'CONFIRMED') group by h.person_id, l.offer_id, o.limit_per_person
      having sum(l.quantity - l.returned) > o.limit_per_person`,
  },
  {
    database: 'catalog',
    sql: `select format('restaurant %s counts %s reviews of %s stars, there are %s of %s', r.id, r.review_count, r.rating_sum, v.count, v.sum) as fault
      from restaurant r cross join lateral (
        select count(*) as count, coalesce(sum(rating), 0) as sum from review where restaurant_id = r.id
      ) v where (r.review_count, r.rating_sum) <> (v.count, v.sum)`,
  },
  {
    database: 'orders',
    sql: `select format('order %s is %s with %s live tickets for %s units', o.id, o.status, t.live, l.units) as fault
      from orders o
      cross join lateral (select coalesce(sum(quantity), 0) as units from order_line where order_id = o.id) l
      cross join lateral (select count(*) as every, count(*) filter (where state in ('VALID', 'REDEEMED')) as live,
        -- Used tickets stay used when their money goes back.
        count(*) filter (where state = 'VALID' or (state = 'REDEEMED' and refund_id is null)) as unrefunded
        from ticket where order_id = o.id) t
      where o.kind = 'TICKETS' and ((o.status = 'COMPLETED' and t.live <> l.units) or (o.status in ('PENDING', 'FAILED', 'CANCELLED') and t.live <> 0)
        or (o.status = 'REFUNDED' and t.unrefunded <> 0))`,
  },
  {
    database: 'orders',
    // Money for a used ticket is goodwill: somebody has asked for it, and it is no cancellation.
    sql: `select format('ticket %s was used, and refunded by nobody', t.id) as fault
      from ticket t join refund r on r.id = t.refund_id
      where t.state = 'REDEEMED' and (r.purpose <> 'TICKETS' or r.requested_by is null)`,
  },
  {
    database: 'orders',
    sql: `select format('order %s is %s but %s of %s was paid', id, status, captured, total) as fault
      from orders where status = 'COMPLETED' and captured - refunded <> total`,
  },
  {
    database: 'orders',
    // Of a deposit the share is kept that was agreed when the table was booked, from who cancelled too late.
    sql: `select format('order %s is %s and keeps %s, not %s', o.id, o.status, captured - refunded, k.due) as fault
      from orders o left join reservation r using (id) cross join lateral (
        select case when exists (
          select from order_change c join order_payment p using (order_id)
          where c.order_id = o.id and c.kind = 'CANCELLED' and c.reason = 'BY_BUYER' and c.at >= r.free_until and p.settles
        ) then (o.total * r.then_percent * 2 + 100) / 200 else 0 end as due
      ) k where o.status in ('CANCELLED', 'FAILED', 'REFUNDED') and captured - refunded <> k.due`,
  },
  {
    database: 'orders',
    sql: `select format('reservation %s is %s, its order %s', id, r.status, o.status) as fault
      from reservation r join orders o using (id)
      where r.status <> all (case o.status when 'PENDING' then array['PENDING'] when 'FAILED' then array['CANCELLED']
        when 'CANCELLED' then array['CANCELLED'] when 'COMPLETED' then array['CONFIRMED', 'SEATED', 'COMPLETED', 'NO_SHOW']
        else array['CANCELLED', 'SEATED', 'COMPLETED', 'NO_SHOW'] end)`,
  },
];

async function faultsOf(databases: Databases, queries: readonly FaultQuery[]): Promise<readonly string[]> {
  const found = await Promise.all(
    queries.map(async ({ database, sql }) =>
      (await databases[database].query<{ fault: string }>(sql)).map(({ fault }) => `${database}: ${fault}`),
    ),
  );
  return found.flat();
}

/** What orders took and gave back must be what payments' ledger says, in every currency. */
async function moneyFaults({ orders, payments }: Databases): Promise<readonly string[]> {
  const ledger = await checkLedger(payments);
  const said = await orders.query<{ currency: string; kept: bigint }>(
    `select currency, sum(captured - refunded)::bigint as kept from orders group by currency`,
  );
  const byCurrency = new Map(said.map(({ currency, kept }) => [currency, kept]));
  return [
    ...ledger.faults,
    ...ledger.currencies.flatMap(({ currency, captured, refunded, suspense }) => {
      const kept = byCurrency.get(currency) ?? 0n;
      return [
        ...(suspense === 0n ? [] : [`payments: ${suspense} ${currency} in suspense`]),
        ...(captured - refunded === kept
          ? []
          : [`payments keeps ${captured - refunded} ${currency}, orders says ${kept}`]),
      ];
    }),
  ];
}

/** Every unit that inventory says is sold belongs to a completed order, and the other way about. */
async function stockFaults({ orders, inventory }: Databases): Promise<readonly string[]> {
  const sold = await inventory.query<{ order_id: string; units: bigint }>(
    `select order_id, sum(quantity - returned)::bigint as units from hold join hold_line using (order_id)
     join offer o on o.id = offer_id and o.kind = 'TICKET_CLASS'
     where hold.state = 'CONFIRMED' group by order_id having sum(quantity - returned) > 0`,
  );
  const bought = await orders.query<{ order_id: string; units: bigint }>(
    `select order_id, count(*)::bigint as units from ticket where state in ('VALID', 'REDEEMED') group by order_id`,
  );
  const units = new Map(bought.map((row) => [row.order_id, row.units]));
  const wrong = sold.filter((row) => units.get(row.order_id) !== row.units);
  return [
    ...wrong.map(
      (row) =>
        `inventory sold ${row.units} to order ${row.order_id}, which has ${units.get(row.order_id) ?? 0n} live tickets`,
    ),
    ...(sold.length === bought.length
      ? []
      : [`${sold.length} orders have sold units, ${bought.length} have live tickets`]),
  ];
}

/** Nothing is parked but poison, and that is dead wherever its type is handled. */
async function parkedFaults(databases: Databases, poison: ReadonlySet<string>): Promise<readonly string[]> {
  const dead = new Set<string>();
  const faults: string[] = [];
  for (const database of SUBGRAPH_DATABASES) {
    const rows = await databases[database].query<{ id: string; state: string; fault: string }>(
      `select event_id as id, state, format('%s %s is parked: %s', state, type, reason) as fault
       from messaging.parked_event`,
    );
    for (const { id, state, fault } of rows) {
      if (poison.has(id) && state === 'DEAD') dead.add(id);
      else faults.push(`${database}: ${fault}`);
    }
  }
  return [
    ...faults,
    ...[...poison].filter((id) => !dead.has(id)).map((id) => `poison ${id} is dead nowhere`),
  ];
}

/** No handler has answered one event twice: what it publishes names its cause. */
async function repeatedFaults(databases: Databases): Promise<readonly string[]> {
  const found = await Promise.all(
    SUBGRAPH_DATABASES.map(async (database) =>
      (
        await databases[database].query<{ fault: string }>(
          `select format('event %s has caused %s times %s of %s', payload->>'causationid', count(*), type, aggregate_id)
             as fault
           from messaging.outbox where payload ? 'causationid'
           group by payload->>'causationid', type, aggregate_type, aggregate_id having count(*) > 1`,
        )
      ).map(({ fault }) => `${database}: ${fault}`),
    ),
  );
  return found.flat();
}

/** Each queue's whole log is replayed. */
async function lineFaults({ waitroom }: Databases): Promise<readonly string[]> {
  const queues = await waitroom.query<{ event_id: string }>(`select event_id from queue`);
  const found = await Promise.all(
    queues.map(async ({ event_id: eventId }) => {
      const log = await readPersonalLog(waitroom, eventId);
      return [...checkWaitroomLog(log), ...spendingFaults(log)].map(
        (fault) => `waitroom ${eventId}: ${fault}`,
      );
    }),
  );
  return found.flat();
}

/** Orders tells once that an admission is spent, and again only when it was returned: more is an event applied twice. */
function spendingFaults(log: readonly PersonalLogRow[]): readonly string[] {
  const spent = new Set<string | null>();
  return log.flatMap(({ seq, kind, entryId }) => {
    if (kind === 'RETURNED') spent.delete(entryId);
    if (kind !== 'SPENT') return [];
    if (spent.has(entryId)) return [`${seq} SPENT: the entry has been spent already`];
    spent.add(entryId);
    return [];
  });
}

/** What a run knows of itself, beyond its databases. */
export interface Expected {
  /** What clients were told. */
  readonly observations?: Observations;
  /** Ids of messages that nobody can handle, put there on purpose. */
  readonly poison?: ReadonlySet<string>;
}

/**
 * The one checker of every whole-system run: waits until everything is quiet, then reads the databases, the log and what
 * clients were told, not the system's own word for it.
 * @param variables with every database's URL, and where the bus is.
 * @returns what is wrong, one line each; empty when all invariants hold.
 */
export async function checkInvariants(
  variables: Readonly<Record<string, string>>,
  patienceMs?: number,
  { observations, poison = new Set() }: Expected = {},
): Promise<readonly string[]> {
  const { databases, bus, underWay, close } = await observe(variables);
  try {
    const unsettled = async (): Promise<readonly string[]> => {
      const found = [
        ...(await underWay()),
        ...(await parkedFaults(databases, poison)),
        ...(await faultsOf(databases, QUIET)),
        ...(await moneyFaults(databases)),
        ...(await stockFaults(databases)),
        ...(await tableFaults(databases)),
        ...(await strayFaults(databases)),
        ...(observations ? await observationFaults(databases, observations) : []),
      ];
      return found.length > 0 ? found : eventFaults(databases, bus, poison);
    };
    const quiet = waitUntil(async () => (await unsettled()).length === 0, 'quiet', patienceMs);
    const restless = await quiet.then(() => [], unsettled);
    return [
      ...restless,
      ...(await faultsOf(databases, ALWAYS)),
      ...(await repeatedFaults(databases)),
      ...(await lineFaults(databases)),
    ];
  } finally {
    await close();
  }
}
