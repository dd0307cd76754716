import { createOutbox } from '@foyer/kafka';
import { createMemoryPubSub, createMetrics, ManualClock, newId, type Job, type Log } from '@foyer/platform';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { openStore, type Store } from '../store/openStore.js';
import { createCancellationJob } from './createCancellationJob.js';
import { createExpiryJob } from './createExpiryJob.js';
import { createVisitJob } from './createVisitJob.js';
import { ORDERS_AT_ONCE } from './workOffOrders.js';

const HOUR = 3_600_000;

/** An order whose saga can't be begun, whatever begins it, as long as its id stands in `poison`. */
const POISON = `
  create table poison (order_id uuid primary key);
  create function refuse_poison() returns trigger language plpgsql as $$
  begin
    if exists (select from poison p where p.order_id = new.order_id) then raise exception 'poison'; end if;
    return new;
  end $$;
  create trigger poison before insert on saga for each row execute function refuse_poison()`;

/** Orders of one event, the first before the others in every respect. $1: ids, $2: the event, $3: status, $4: kind. */
const ORDERS = `
  insert into orders (id, code, buyer_id, buyer_name, buyer_email, event_id, event_name, organization_id, kind, status,
    version, currency, subtotal, fees, tax, total, hold_expires_at, placed_at, updated_at)
  select id, translate(upper(right(replace(id::text, '-', ''), 8)), '01', 'XY'), $2, 'Ada', 'ada@example.com', $2,
    'Night', $2, $4, $3, 1, 'EUR', 0, 0, 0, 0, foyer_now() - interval '1 day' + nr * interval '1 second', foyer_now(),
    foyer_now()
  from unnest($1::uuid[]) with ordinality as o (id, nr)`;

const RESERVATIONS = `
  insert into reservation (id, restaurant_id, user_id, status, area_id, area_name, starts_at, ends_at, party_size, day,
    special_requests, walk_in, free_until, free_until_hours, then_percent)
  select id, $2, $2, $3, $2, 'Garden', starts_at, starts_at + interval '1 hour', 2, starts_at::date, '', false, starts_at,
    0, 0
  from unnest($1::uuid[]) with ordinality as o (id, nr)
  cross join lateral (select foyer_now() - interval '1 day' + nr * interval '1 second' as starts_at) t`;

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createTestDatabase('orders');
  store = openStore({
    url: database.url,
    poolSize: 4,
    outbox: createOutbox('orders'),
    pubsub: createMemoryPubSub(),
    wakeSagas: () => undefined,
    observer: { before: () => undefined, after: () => undefined },
  });
  await store.database.pool.query(POISON);
});

afterAll(async () => {
  await store.database.close();
  await database.drop();
});

type Parts = Pick<Parameters<typeof createExpiryJob>[0], 'store' | 'everyMs' | 'clock' | 'log' | 'metrics'>;
const visits = (parts: Parts): Job => createVisitJob({ ...parts, noShowGraceMs: 0, dinedAfterMs: 0 });

test.each([
  {
    of: 'expiry',
    create: (parts: Parts): Job => createExpiryJob({ ...parts, graceMs: 0 }),
    status: 'PENDING',
    reservation: null,
  },
  { of: 'cancelled events', create: createCancellationJob, status: 'PENDING', reservation: null },
  { of: 'no-shows', create: visits, status: 'COMPLETED', reservation: 'CONFIRMED' },
  { of: 'visits', create: visits, status: 'COMPLETED', reservation: 'SEATED' },
])(
  'orders that fail do not keep those behind them in the job of $of, and are tried again after longer and longer rests',
  async ({ of, create, status, reservation }) => {
    const { pool } = store.database;
    const eventId = newId();
    const ids = Array.from({ length: ORDERS_AT_ONCE + 20 }, () => newId());
    const poisoned = ids.slice(0, ORDERS_AT_ONCE);
    await pool.query(ORDERS, [ids, eventId, status, reservation ? 'TABLE' : 'TICKETS']);
    if (reservation) await pool.query(RESERVATIONS, [ids, eventId, reservation]);
    if (of === 'cancelled events')
      await pool.query('insert into event_cancellation (event_id, at) values ($1, foyer_now())', [eventId]);
    await pool.query('insert into poison select unnest($1::uuid[])', [poisoned]);

    const clock = new ManualClock();
    const metrics = createMetrics();
    const said: { readonly item?: string; readonly restMs?: number; readonly err: unknown }[] = [];
    const log = { error: (fields: (typeof said)[number]) => said.push(fields) } as unknown as Log;
    const job = create({ store, everyMs: HOUR, clock, log, metrics });
    const round = async (): Promise<typeof said> => {
      const before = said.length;
      await job.start();
      await job.stop();
      return said.slice(before);
    };
    const begun = async (): Promise<Set<string>> => {
      const { rows } = await pool.query<{ order_id: string }>(
        'select order_id from saga where order_id = any ($1::uuid[])',
        [ids],
      );
      return new Set(rows.map(({ order_id }) => order_id));
    };

    const first = await round();
    expect(await begun()).toEqual(new Set(ids.slice(ORDERS_AT_ONCE)));
    expect(new Set(first.map(({ item }) => item))).toEqual(new Set(poisoned));
    expect(first).toHaveLength(ORDERS_AT_ONCE);
    expect(first[0]).toMatchObject({ restMs: 1000, err: { message: 'poison' } });
    clock.advance(999);
    expect(await round()).toEqual([]);
    clock.advance(1);
    const second = await round();
    expect(second).toHaveLength(ORDERS_AT_ONCE);
    expect(second[0]).toMatchObject({ restMs: 2000 });

    const [sick] = poisoned;
    await pool.query('delete from poison where order_id <> $1', [sick]);
    clock.advance(2000);
    expect(await round()).toMatchObject([{ item: sick, restMs: 4000 }]);
    await pool.query('delete from poison');
    clock.advance(4000);
    expect(await round()).toEqual([]);
    expect(await begun()).toEqual(new Set(ids));
  },
);
