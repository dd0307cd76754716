import {
  OrderCancelled,
  OrderCompleted,
  OrderPaymentFailed,
  OrderRefunded,
  ReservationCancelled,
  ReservationChanged,
  ReservationCompleted,
  ReservationConfirmed,
  ReservationCreated,
  ReservationNoShow,
  ReservationSeated,
  WaitlistLapsed,
  WaitlistOffered,
  type ReservationSnapshot,
  type RestaurantSnapshot,
} from '@foyer/kafka';
import { waitUntil } from '@foyer/platform/testing';
import { testEvent } from '@foyer/kafka/testing';
import { newId } from '@foyer/platform';
import {
  createTestNotifications,
  type TestNotifications,
  type TestPerson,
} from './testing/createTestNotifications.js';

const DAY_MS = 86_400_000;

let system: TestNotifications;

beforeAll(async () => {
  system = await createTestNotifications();
});

afterAll(() => system.stop());

const types = {
  created: ReservationCreated,
  confirmed: ReservationConfirmed,
  changed: ReservationChanged,
  cancelled: ReservationCancelled,
  seated: ReservationSeated,
  completed: ReservationCompleted,
  noShow: ReservationNoShow,
} as const;

/** A reservation whose events a test publishes. */
function reservationOf(
  restaurant: RestaurantSnapshot,
  guest: TestPerson | null,
  change: Partial<ReservationSnapshot> = {},
) {
  const reservationId = newId();
  let state: ReservationSnapshot = {
    reservationId,
    ...{ code: 'K7M2QXWA', restaurantId: restaurant.restaurantId, areaId: restaurant.areas[0]?.areaId ?? '' },
    ...{ startsAt: '2090-01-02T12:00:00.000Z', endsAt: '2090-01-02T13:30:00.000Z', partySize: 4 },
    ...{ userId: guest?.userId ?? null, guest: null, status: 'CONFIRMED' },
    ...change,
  };
  let version = 0;
  const next = (name: keyof typeof types, rest: Partial<ReservationSnapshot> = {}) => {
    state = { ...state, ...rest };
    version += 1;
    return testEvent(types[name], { aggregateId: reservationId, aggregateVersion: version, data: state });
  };
  return {
    reservationId,
    next,
    tell: (name: keyof typeof types, rest: Partial<ReservationSnapshot> = {}) =>
      system.publish('order-events', [next(name, rest)]),
  };
}

const subjectsTo = async ({ email }: Pick<TestPerson, 'email'>) =>
  (await system.mailsTo(email)).map(({ subject }) => subject).reverse();

const calendarLines = (content: string | undefined) => (content ?? '').replaceAll('\r\n ', '').split('\r\n');

const inboxOf = async ({ user }: TestPerson) => {
  const { data } = await system.platform.run<{
    notifications: { edges: { node: { title: string; body: string; order: { id: string } | null } }[] };
  }>(system.subgraph(), user, `{ notifications { edges { node { title body order { id } } } } }`);
  return data.notifications.edges.map(({ node }) => node);
};

const reminders = async () =>
  (
    await system.pool.query<{ id: string; at: Date }>(
      `select reservation_id as id, remind_at as at from reservation where remind_at is not null`,
    )
  ).rows;

describe('news that overtakes older news', () => {
  it('takes the place of what has not gone yet', async () => {
    const guest = await system.person('Lan');
    const reservation = reservationOf(await system.restaurant(), guest);
    await reservation.tell('confirmed');
    await waitUntil(async () => (await statuses(guest)).every(([, status]) => status === 'SENT'));
    // As while the mail server is away.
    await system.pool.query(
      `update delivery set status = 'QUEUED', sent_at = null, attempts = 0, next_attempt_at = foyer_now() + interval '1 hour'
       where address = $1`,
      [guest.email],
    );
    await system.pool.query('delete from delivery_attempt');
    await reservation.tell('cancelled', { status: 'CANCELLED', reason: 'BY_GUEST' });
    await waitUntil(async () => (await statuses(guest)).some(([, status]) => status === 'SENT'));
    expect(await statuses(guest)).toEqual([
      ['reservation-confirmed', 'WITHHELD'],
      ['reservation-cancelled', 'SENT'],
    ]);
  });

  const statuses = async ({ email }: TestPerson): Promise<readonly (readonly [string, string])[]> => {
    const { rows } = await system.pool.query<{ template: string; status: string }>(
      'select template, status from delivery where address = $1 order by id',
      [email],
    );
    return rows.map(({ template, status }) => [template, status] as const);
  };
});

describe('a guest with an account', () => {
  it('is told of a table, its change and its cancellation, with calendar files of one UID', async () => {
    const guest = await system.person('Lan <b>Nguyen</b>');
    const restaurant = await system.restaurant();
    const reservation = reservationOf(restaurant, guest);
    await reservation.tell('created', { status: 'PENDING' });
    expect(await subjectsTo(guest)).toEqual([]);
    await reservation.tell('confirmed', { status: 'CONFIRMED' });
    await reservation.tell('changed', {
      partySize: 2,
      startsAt: '2090-01-02T13:00:00.000Z',
      endsAt: '2090-01-02T14:30:00.000Z',
    });
    await reservation.tell('cancelled', { status: 'CANCELLED', reason: 'BY_RESTAURANT' });

    const [confirmed, changed, cancelled] = [...(await system.mailsTo(guest.email))].reverse();
    expect(confirmed?.subject).toBe('Your table at Bến Nghé: Monday, 2 January 2090 at 19:00');
    expect(confirmed?.text).toContain('Main room, 1 Quay, 550000 Da Nang');
    expect(confirmed?.html).not.toContain('<b>Nguyen');
    expect(changed?.text).toContain('It was: Monday, 2 January 2090 at 19:00, 4 people, Main room.');
    expect(changed?.text).toContain('For: 2 people');
    expect(cancelled?.text).toContain('The restaurant cancelled it.');

    const uid = `UID:${reservation.reservationId}@foyer`;
    expect(calendarLines(confirmed?.calendar?.content)).toEqual(
      expect.arrayContaining([
        uid,
        'SEQUENCE:2',
        'METHOD:REQUEST',
        'DTSTART;TZID=Asia/Ho_Chi_Minh:20900102T190000',
      ]),
    );
    expect(calendarLines(changed?.calendar?.content)).toEqual(
      expect.arrayContaining([
        uid,
        'SEQUENCE:3',
        'METHOD:REQUEST',
        'DTSTART;TZID=Asia/Ho_Chi_Minh:20900102T200000',
      ]),
    );
    expect(calendarLines(cancelled?.calendar?.content)).toEqual(
      expect.arrayContaining([uid, 'SEQUENCE:4', 'METHOD:CANCEL', 'STATUS:CANCELLED']),
    );
    const [latest] = await inboxOf(guest);
    expect(latest).toMatchObject({
      title: 'Cancelled: your table at Bến Nghé',
      order: { id: reservation.reservationId },
    });
  });

  it('reads it in their language, and hears by the channels they want', async () => {
    const restaurant = await system.restaurant();
    const hanoi = await system.person('Hoa', { language: 'vi-VN', channels: ['EMAIL'] });
    const berlin = await system.person('Olivia', { language: 'de', channels: ['IN_APP'] });
    const lima = await system.person('Rosa', { language: 'es', channels: [] });
    for (const guest of [hanoi, berlin, lima]) await reservationOf(restaurant, guest).tell('confirmed');
    expect(await subjectsTo(hanoi)).toEqual([
      expect.stringMatching(/^Đã đặt bàn tại Bến Nghé: .*19:00.*tháng 1/),
    ]);
    expect(await inboxOf(hanoi)).toEqual([]);
    expect(await subjectsTo(berlin)).toEqual([]);
    expect((await inboxOf(berlin))[0]?.body).toMatch(
      /^Montag, 2. Januar 2090 .*19:00, 4 Personen. Code K7M2QXWA.$/,
    );
    expect(await subjectsTo(lima)).toEqual([]);
    expect(await inboxOf(lima)).toEqual([]);
  });

  it('is told what is true when events arrive in another order, and nothing twice', async () => {
    const restaurant = await system.restaurant();
    const [early, gone] = [await system.person('Early'), await system.person('Gone')];
    const overtaken = reservationOf(restaurant, early);
    const [created, confirmed, changed] = [
      overtaken.next('created', { status: 'PENDING' }),
      overtaken.next('confirmed', { status: 'CONFIRMED' }),
      overtaken.next('changed', { partySize: 2 }),
    ];
    await system.publish('order-events', [changed, created, confirmed, changed]);
    const mails = await system.mailsTo(early.email);
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Your table at Bến Nghé: Monday, 2 January 2090 at 19:00',
    ]);
    expect(mails[0]?.text).toContain('For: 2 people');

    const ended = reservationOf(restaurant, gone);
    const late = ended.next('confirmed');
    const cancelled = ended.next('cancelled', { status: 'CANCELLED', reason: 'BY_GUEST' });
    await system.publish('order-events', [cancelled, late]);
    expect(await subjectsTo(gone)).toEqual([
      'Cancelled: your table at Bến Nghé, Monday, 2 January 2090 at 19:00',
    ]);
    expect((await reminders()).map(({ id }) => id)).not.toContain(ended.reservationId);
  });

  it('may have booked for somebody else, who is written to', async () => {
    const restaurant = await system.restaurant();
    const guest = await system.person('Assistant', { language: 'de' });
    const email = `${newId()}@example.org`;
    const named = system.sealer.seal(
      'reservation-guest',
      JSON.stringify({ name: 'Boss', email, phone: null }),
    );
    await reservationOf(restaurant, guest, { guest: named }).tell('confirmed');
    expect((await system.mailsTo(email))[0]?.text).toContain('Guten Tag Boss');
    expect(await subjectsTo(guest)).toEqual([]);
    expect(await inboxOf(guest)).toHaveLength(1);
  });

  it('is asked for a review once, and told of a table that stayed empty', async () => {
    const restaurant = await system.restaurant();
    const [diner, absent] = [await system.person('Diner'), await system.person('Absent')];
    const dined = reservationOf(restaurant, diner);
    await dined.tell('confirmed');
    await dined.tell('seated', { status: 'SEATED' });
    await dined.tell('completed', { status: 'COMPLETED' });
    await dined.tell('completed');
    const [request, ...others] = await system.mailsTo(diner.email);
    expect(request?.subject).toBe('How was Bến Nghé?');
    expect(decodeURIComponent(request?.text ?? '')).toContain(`reservationId:+"${dined.reservationId}"`);
    expect(others).toHaveLength(1);

    const missed = reservationOf(restaurant, absent, {
      policy: {
        deposit: { amount: 4000, currency: 'USD' },
        freeUntil: '2090-01-01T12:00:00.000Z',
        thenPercent: 50,
      },
    });
    await missed.tell('confirmed');
    await missed.tell('noShow', { status: 'NO_SHOW' });
    const [sorry, confirmation] = await system.mailsTo(absent.email);
    expect(sorry?.text).toContain('Your deposit of 40.00 USD is kept');
    expect(confirmation?.text).toContain('later 50 % of it are kept');
  });
});

describe('a reminder', () => {
  const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
  const remindAt = async (reservationId: string) =>
    (await reminders()).find(({ id }) => id === reservationId)?.at.toISOString() ?? null;

  it('comes 24 hours before, also when nobody was there at that moment, and once', async () => {
    const restaurant = await system.restaurant();
    const guest = await system.person('Reminded');
    const reservation = reservationOf(restaurant, guest);
    await reservation.tell('confirmed');
    expect(await remindAt(reservation.reservationId)).toBe('2090-01-01T12:00:00.000Z');
    await system.restart(() =>
      system.pool.query(`update reservation set remind_at = foyer_now() where reservation_id = $1`, [
        reservation.reservationId,
      ]),
    );
    await waitUntil(async () => (await subjectsTo(guest)).length === 2, 'the reminder');
    expect((await subjectsTo(guest))[1]).toMatch(/^Soon: your table at Bến Nghé/);
    expect((await inboxOf(guest)).map(({ title }) => title)).toEqual([
      'Soon: your table at Bến Nghé',
      'Your table at Bến Nghé',
    ]);
    // Only who comes is told of a later change; the reminder is for the new time then.
    await reservation.tell('changed', { startsAt: '2090-03-03T12:00:00.000Z' });
    expect(await remindAt(reservation.reservationId)).toBe('2090-03-02T12:00:00.000Z');
  });

  it('moves with a change, and goes with a cancellation', async () => {
    const reservation = reservationOf(await system.restaurant(), await system.person('Moving'));
    const { reservationId } = reservation;
    await reservation.tell('confirmed');
    expect(await remindAt(reservationId)).toBe('2090-01-01T12:00:00.000Z');
    await reservation.tell('changed', { startsAt: '2090-01-05T12:00:00.000Z' });
    expect(await remindAt(reservationId)).toBe('2090-01-04T12:00:00.000Z');
    await reservation.tell('changed', { partySize: 3 });
    expect(await remindAt(reservationId)).toBe('2090-01-04T12:00:00.000Z');
    await reservation.tell('changed', { startsAt: inMs(DAY_MS / 2) });
    expect(await remindAt(reservationId)).toBeNull();
    await reservation.tell('changed', { startsAt: '2090-01-06T12:00:00.000Z' });
    await reservation.tell('cancelled', { status: 'CANCELLED', reason: 'BY_GUEST' });
    expect(await remindAt(reservationId)).toBeNull();
  });

  it('is not made for a table that was booked later than that', async () => {
    const reservation = reservationOf(await system.restaurant(), await system.person('Spontaneous'));
    await reservation.tell('confirmed', { startsAt: inMs(DAY_MS - 60_000) });
    expect(await remindAt(reservation.reservationId)).toBeNull();
  });

  it('never comes after the beginning, and one that can not be made holds up no other', async () => {
    const restaurant = await system.restaurant();
    const [late, poisoned, fine] = [
      await system.person('Late'),
      await system.person('Poisoned'),
      await system.person('Fine'),
    ];
    const due = async (guest: TestPerson, snapshot: object) => {
      const reservation = reservationOf(restaurant, guest);
      await reservation.tell('confirmed');
      await system.pool.query(
        `update reservation set remind_at = foyer_now() - interval '1 second', snapshot = snapshot || $2::jsonb
         where reservation_id = $1`,
        [reservation.reservationId, JSON.stringify(snapshot)],
      );
      return reservation.reservationId;
    };
    const unable = await due(poisoned, { userId: newId() });
    const begun = await due(late, { startsAt: inMs(-1000) });
    await due(fine, {});
    await waitUntil(async () => (await subjectsTo(fine)).length === 2, 'the reminder');
    await waitUntil(async () => (await remindAt(begun)) === null, 'the late one being dropped');
    expect(await subjectsTo(late)).toHaveLength(1);
    expect(await remindAt(unable)).not.toBeNull();
  });
});

describe('two processes', () => {
  it('remind everybody once', async () => {
    const restaurant = await system.restaurant();
    const guests = await Promise.all(
      Array.from({ length: 8 }, (_, index) => system.person(`Guest ${index}`)),
    );
    const reservations = guests.map((guest) => reservationOf(restaurant, guest));
    await system.publish(
      'order-events',
      reservations.map((reservation) => reservation.next('confirmed')),
    );
    const ids = reservations.map(({ reservationId }) => reservationId);
    const stopAnother = await system.startAnother();
    try {
      await system.pool.query(
        `update reservation set remind_at = foyer_now() where reservation_id = any($1::uuid[])`,
        [ids],
      );
      const left = async () => (await reminders()).filter(({ id }) => ids.includes(id)).length;
      await waitUntil(async () => (await left()) === 0, 'every reminder');
    } finally {
      await stopAnother();
    }
    const { rows } = await system.pool.query<{ count: number }>(
      `select count(*)::integer as count from delivery
       where template = 'reservation-reminder' and order_id = any($1::uuid[]) group by order_id`,
      [ids],
    );
    expect(rows).toEqual(guests.map(() => ({ count: 1 })));
  });
});

describe('a guest without an account', () => {
  const sealed = (guest: object) => system.sealer.seal('reservation-guest', JSON.stringify(guest));

  it('is told by mail, is not asked for a review, and is not written to without an address', async () => {
    const restaurant = await system.restaurant();
    const email = `${newId()}@example.org`;
    const reservation = reservationOf(restaurant, null, {
      guest: sealed({ name: 'By Telephone', email, phone: '+84901234567' }),
    });
    await reservation.tell('confirmed');
    await reservation.tell('completed', { status: 'COMPLETED' });
    const [mail, ...others] = await system.mailsTo(email);
    expect(mail?.text).toContain('Hello By Telephone');
    expect(others).toEqual([]);
    await reservationOf(restaurant, null).tell('confirmed');
    await reservationOf(restaurant, null, {
      guest: sealed({ name: 'No Mail', email: null, phone: '+84901234567' }),
    }).tell('confirmed');
  });
});

describe('the people who run a restaurant', () => {
  it('are told of what is new, changed and cancelled, each in their language', async () => {
    const restaurant = await system.restaurant();
    const { organizationId, restaurantId } = restaurant;
    const [owner, elsewhere, door, guest] = [
      await system.person('Owner', { language: 'de' }),
      await system.person('Elsewhere'),
      await system.person('Door'),
      await system.person('Lan'),
    ];
    await system.member(organizationId, owner.userId, 'OWNER');
    await system.member(organizationId, elsewhere.userId, 'EDITOR', [newId()]);
    await system.member(organizationId, door.userId, 'DOOR', [restaurantId]);
    const reservation = reservationOf(restaurant, guest);
    await reservation.tell('confirmed');
    await reservation.tell('changed', { areaId: restaurant.areas[1]?.areaId ?? '' });
    await reservation.tell('cancelled', { status: 'CANCELLED', reason: 'BY_GUEST' });
    expect((await subjectsTo(owner)).map((subject) => subject.split(' ')[0])).toEqual([
      'Neu',
      'Geändert',
      'Storniert',
    ]);
    const [last] = await system.mailsTo(owner.email);
    expect(last?.text).toContain('Gast: Lan, 4 Personen\nBereich: Terrace');
    expect(last?.text).toContain('Der Gast hat sie storniert.');
    expect(last?.calendar).toBeNull();
    expect(await subjectsTo(elsewhere)).toEqual([]);
    expect(await subjectsTo(door)).toEqual([]);

    const own = reservationOf(restaurant, owner);
    await own.tell('confirmed');
    expect(await subjectsTo(owner)).toHaveLength(4);
    // Never stood: nobody at the restaurant has heard of it.
    await reservationOf(restaurant, guest).tell('cancelled', {
      status: 'CANCELLED',
      reason: 'NOT_PAID_IN_TIME',
    });
    expect(await subjectsTo(owner)).toHaveLength(4);
  });
});

describe('an order for a table', () => {
  it('is told of as a table, and as money', async () => {
    const restaurant = await system.restaurant();
    const guest = await system.person('Payer');
    const reservation = reservationOf(restaurant, guest);
    const { reservationId } = reservation;
    const order = {
      ...{ orderId: reservationId, reservationId, code: 'K7M2QXWA', listingId: restaurant.restaurantId },
      ...{ listingName: restaurant.name, organizationId: restaurant.organizationId },
      buyer: { userId: guest.userId, email: guest.email, name: guest.name },
      lines: [
        { offerId: newId(), name: 'Terrace', quantity: 4, unitPrice: { amount: 1000, currency: 'USD' } },
      ],
      total: { amount: 4000, currency: 'USD' },
    };
    const aggregateId = reservationId;
    await reservation.tell('created', { status: 'PENDING' });
    await system.publish('order-events', [
      testEvent(OrderPaymentFailed, {
        aggregateId,
        aggregateVersion: 2,
        data: { order, payBy: '2026-12-24T10:00:00.000Z', reason: 'The card was declined.' },
      }),
      testEvent(OrderCompleted, {
        aggregateId,
        aggregateVersion: 3,
        data: {
          order,
          startsAt: '2090-01-02T12:00:00.000Z',
          timeZone: 'Asia/Ho_Chi_Minh',
          venueName: 'x',
          tickets: [],
        },
      }),
      testEvent(OrderCancelled, { aggregateId, aggregateVersion: 4, data: { order, reason: 'BY_BUYER' } }),
      testEvent(OrderRefunded, {
        aggregateId,
        aggregateVersion: 5,
        data: {
          ...{ order, refundId: newId(), full: false, reason: 'Cancelled late.' },
          refunded: { amount: 2000, currency: 'USD' },
        },
      }),
    ]);
    const [refund, failed, ...others] = await system.mailsTo(guest.email);
    expect(others).toEqual([]);
    expect(failed?.text).toContain('The table is held until Thursday, 24 December 2026 at 17:00');
    expect(refund?.text).toContain('20.00 USD');
  });
});

describe('who waits for a table', () => {
  it('is told of an offer while it stands, and of its lapse', async () => {
    const restaurant = await system.restaurant();
    const guest = await system.person('Waiting');
    const entryId = newId();
    const data = {
      ...{ entryId, userId: guest.userId, restaurantId: restaurant.restaurantId, partySize: 2 },
      ...{ areaId: restaurant.areas[1]?.areaId ?? '', holdOrderId: newId() },
      ...{ startsAt: '2090-01-02T12:00:00.000Z', endsAt: '2090-01-02T13:30:00.000Z' },
    };
    const offered = (aggregateVersion: number, expiresAt: string, id = entryId) =>
      testEvent(WaitlistOffered, { aggregateId: id, aggregateVersion, data: { ...data, expiresAt } });
    const expiresAt = '2090-01-01T05:00:00.000Z';
    await system.publish('inventory-events', [offered(2, expiresAt)]);
    await system.publish('inventory-events', [
      testEvent(WaitlistLapsed, { aggregateId: entryId, aggregateVersion: 3, data: { ...data, expiresAt } }),
      offered(2, expiresAt),
      // Over before anybody could be told.
      offered(2, '2026-01-01T05:00:00.000Z', newId()),
    ]);
    const [lapsed, offer, ...others] = await system.mailsTo(guest.email);
    expect(others).toEqual([]);
    expect(offer?.text).toContain('Terrace. It is held for you until Sunday, 1 January 2090 at 12:00');
    expect(lapsed?.subject).toBe('The table at Bến Nghé has gone to the next in line');
  });
});
