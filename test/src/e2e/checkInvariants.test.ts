import { randomUUID } from 'node:crypto';
import { createPool } from '@foyer/platform';
import { databaseUrlVariable, type DatabaseName } from '@foyer/prisma';
import { checkInvariants } from '../harness/checkInvariants.js';
import { createRecorder } from '../harness/createRecorder.js';
import type { ObservedOrder, Observations } from '../harness/observations.js';
import { onPayPage, orderIs, toPay } from '../harness/purchase.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';
import { newEventOnSale, newPerson } from '../harness/story.js';

let system: TestSystem;
/** What the buyer was told, as it was. */
let told: ObservedOrder;
let key: string;

beforeAll(async () => {
  system = await startTestSystem();
  const organizer = await newPerson(system, 'Organizer');
  const offer = await newEventOnSale(system, organizer, { total: 3 });
  const buyer = await newPerson(system);
  key = randomUUID();
  const order = await toPay(buyer, offer, { idempotencyKey: key });
  await onPayPage(order.payment?.payUrl, 'pay');
  const recorder = createRecorder();
  recorder.saw(buyer.id, await orderIs(buyer, order.id, 'COMPLETED'), 0);
  recorder.paid(order.id);
  told = recorder.observations.orders.get(order.id) as ObservedOrder;
  expect(await checkInvariants(system.variables)).toEqual([]);
});

afterAll(async () => {
  await system.stop();
});

/** Changes a database for as long as something is looked at. */
async function spoiled<Result>(
  name: DatabaseName,
  [spoil, mend]: readonly [string, string],
  look: () => Promise<Result>,
): Promise<Result> {
  const pool = createPool(system.variables[databaseUrlVariable(name)] ?? '', {
    max: 1,
    applicationName: 'test',
  });
  try {
    await pool.query(spoil);
    const result = await look();
    await pool.query(mend);
    return result;
  } finally {
    await pool.end();
  }
}

const keep = (table: string, where: string): readonly [string, string] => [
  `create table kept as select * from ${table} where ${where}; delete from ${table} where ${where}`,
  `insert into ${table} select * from kept; drop table kept`,
];

/** One of the three people that orders has heard of. */
const ONE_OF_SEVERAL = `(handler, event_id) = (
  select handler, max(event_id) from messaging.inbox where handler = 'person-copy' group by handler)`;

describe('the checker of invariants sees', () => {
  it.each<[string, DatabaseName, readonly [string, string], RegExp]>([
    [
      'a counter that its holds do not bear out',
      'inventory',
      ['update offer set sold = sold + 1', 'update offer set sold = sold - 1'],
      /counts 0\/2, its holds say 0\/1/,
    ],
    [
      'a sold unit without a ticket',
      'orders',
      [`update ticket set state = 'VOID'`, `update ticket set state = 'VALID'`],
      /inventory sold 1 to order .* which has 0 live tickets/,
    ],
    [
      'a reservation without a table',
      'orders',
      [
        `update orders set kind = 'TABLE';
         insert into reservation select id, event_id, buyer_id, 'CONFIRMED', null, event_id, '', now(), now() + interval '1 hour',
           2, now(), '{}', '', null, false, now(), 0, 0 from orders`,
        `delete from reservation; update orders set kind = 'TICKETS'`,
      ],
      /reservation .* says 2 in .*, inventory nothing/,
    ],
    [
      'a reservation that its order does not bear out',
      'orders',
      [
        `update orders set kind = 'TABLE';
         insert into reservation select id, event_id, buyer_id, 'PENDING', null, event_id, '', now(), now() + interval '1 hour',
           2, null, '{}', '', null, false, now(), 0, 0 from orders`,
        `delete from reservation; update orders set kind = 'TICKETS'`,
      ],
      /reservation .* is PENDING, its order COMPLETED/,
    ],
    [
      'money that orders tell otherwise than payments',
      'orders',
      ['update orders set captured = captured + 1', 'update orders set captured = captured - 1'],
      /payments keeps 1070 USD, orders says 1071/,
    ],
    [
      'a saga that waits for an operator',
      'orders',
      [
        `update saga set state = 'PARKED' where kind = 'COMPLETE'`,
        `update saga set state = 'ENDED' where kind = 'COMPLETE'`,
      ],
      /saga COMPLETE of order .* is PARKED/,
    ],
    [
      'an order that nobody is at work on',
      'orders',
      [
        `update orders set status = 'PENDING', hold_expires_at = hold_expires_at - interval '1 day'`,
        `update orders set status = 'COMPLETED', hold_expires_at = hold_expires_at + interval '1 day'`,
      ],
      /order .* is PENDING, holds nothing/,
    ],
    [
      'an event that a handler has not handled',
      'orders',
      keep('messaging.inbox', ONE_OF_SEVERAL),
      /orders: .* handled .* \d+ times, of \d+/,
    ],
    [
      'an event that is missing in the log',
      'bus',
      keep('bus.log', `event->>'type' = 'order.completed'`),
      /order.completed .*, which orders has published, is not in it/,
    ],
  ])('%s', async (_, name, change, fault) => {
    const faults = await spoiled(name, change, () => checkInvariants(system.variables, 0));
    expect(faults.join('\n')).toMatch(fault);
    expect(await checkInvariants(system.variables)).toEqual([]);
  });
});

describe('the checker of invariants hears', () => {
  const lies: readonly [string, (truth: ObservedOrder) => Partial<Observations>, RegExp][] = [
    [
      'of a purchase that does not exist',
      (truth) => ({ orders: new Map([['x', { ...truth, id: randomUUID() }]]) }),
      /was acknowledged and does not exist/,
    ],
    [
      'of a ticket that does not exist',
      (truth) => ({ orders: new Map([[truth.id, { ...truth, tickets: new Set([randomUUID()]) }]]) }),
      /was shown and does not exist/,
    ],
    [
      'of a version that is not there yet',
      (truth) => ({ orders: new Map([[truth.id, { ...truth, version: truth.version + 1 }]]) }),
      /was shown at version/,
    ],
    [
      'of money that nobody paid',
      (truth) => ({ orders: new Map([[truth.id, { ...truth, paid: false }]]) }),
      /took 1070 that nobody paid/,
    ],
    ['of a purchase that its buyer never heard of', () => ({ orders: new Map() }), /never heard of it/],
    [
      'of a refusal that was charged',
      ({ personId }) => ({ refusals: [{ personId, idempotencyKey: key, code: 'SOLD_OUT' }] }),
      /was refused and keeps 1070/,
    ],
    [
      'of an order that its buyer did not ask for',
      ({ personId }) => ({ keys: new Map([[personId, new Set(['another key'])]]) }),
      /its buyer did not ask for it/,
    ],
    [
      'of a refund that did not come',
      (truth) => ({ orders: new Map([[truth.id, { ...truth, refunded: 1 }]]) }),
      /was told to have refunded 1 and has refunded 0/,
    ],
    ['what a client found out by itself', () => ({ contradictions: ['it went back'] }), /it went back/],
  ];
  const truth = (): Observations => ({
    orders: new Map([[told.id, told]]),
    refusals: [],
    keys: new Map([[told.personId, new Set([key])]]),
    contradictions: [],
  });

  it('nothing wrong of the truth', async () => {
    expect(await checkInvariants(system.variables, 0, { observations: truth() })).toEqual([]);
  });

  it.each(lies)('%s', async (_, lie, fault) => {
    const observations = { ...truth(), ...lie(told) };
    const faults = await checkInvariants(system.variables, 0, { observations });
    expect(faults.join('\n')).toMatch(fault);
  });

  it('of poison that is dead nowhere', async () => {
    const faults = await checkInvariants(system.variables, 0, { poison: new Set(['toadstool']) });
    expect(faults).toEqual(['poison toadstool is dead nowhere']);
  });
});
