import type { AddressInfo } from 'node:net';
import {
  EventPublished,
  OrderCompleted,
  OrderPaymentFailed,
  OrganizationInvitationCreated,
  QueueEnded,
  QueueReady,
  UserRegistered,
  UserSecurityAlert,
  UserVerificationRequested,
} from '@foyer/kafka';
import { createTestBus, publishAndSettle, testEvent } from '@foyer/kafka/testing';
import { createPool, newId, type Subgraph } from '@foyer/platform';
import { createTestPlatform, person, waitUntil, type TestPlatform } from '@foyer/platform/testing';
import { createTestDatabase } from '@foyer/prisma/testing';
import { SMTPServer } from 'smtp-server';
import { createNotifications } from './index.js';

interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Where mails lead. */
const LINKS = 'https://shop.example.org/tickets-and-tables';

let bus: Awaited<ReturnType<typeof createTestBus>>;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let platform: TestPlatform;
let notifications: Subgraph;
let url: string;

async function startNotifications(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  platform = createTestPlatform({ environment: { FOYER_FRONT_END_URL: `${LINKS}/`, ...environment } });
  notifications = await createNotifications({
    context: platform.contextFor('notifications'),
    bus,
    databaseUrl: database.url,
  });
  await notifications.start();
  url = await notifications.listen('127.0.0.1', 0);
}

beforeAll(async () => {
  bus = await createTestBus();
  database = await createTestDatabase('notifications');
  await startNotifications();
});

afterAll(async () => {
  await notifications.stop();
  await bus.close();
  await database.drop();
});

const mailsTo = async (email: string): Promise<readonly Mail[]> => {
  const response = await fetch(`${url}/mail.json?to=${encodeURIComponent(email)}`);
  return ((await response.json()) as { mails: readonly Mail[] }).mails;
};

async function register(name = 'Lan') {
  const user = person();
  const email = `${user.userId}@example.org`;
  await publishAndSettle(bus, 'notifications', 'user-events', [
    testEvent(UserRegistered, {
      aggregateId: user.userId,
      data: { userId: user.userId, email, name, language: 'en' },
    }),
  ]);
  return { user, email, name };
}

async function publishEvent(name = 'Night of the Lanterns') {
  const eventId = newId();
  await publishAndSettle(bus, 'notifications', 'catalog-events', [
    testEvent(EventPublished, {
      aggregateId: eventId,
      data: {
        eventId,
        organizationId: newId(),
        name,
        status: 'PUBLISHED',
        venue: { name: 'Old Harbour', address: 'Quay 1', city: 'Da Nang', timeZone: 'Asia/Ho_Chi_Minh' },
        startsAt: '2027-01-02T12:00:00.000Z',
        endsAt: '2027-01-02T15:00:00.000Z',
        configuration: null,
      },
    }),
  ]);
  return eventId;
}

function completed(buyer: { userId: string; email: string; name: string }, codes: readonly string[]) {
  const { sealer } = platform.contextFor('notifications');
  const orderId = newId();
  return testEvent(OrderCompleted, {
    aggregateId: orderId,
    data: {
      order: {
        orderId,
        code: 'K7M2QX',
        listingId: newId(),
        listingName: 'Night of the Lanterns',
        organizationId: newId(),
        buyer,
        lines: [
          {
            offerId: newId(),
            name: 'Balcony',
            quantity: codes.length,
            unitPrice: { amount: 250_000, currency: 'VND' },
          },
        ],
        charges: {
          subtotal: { amount: 500_000, currency: 'VND' },
          fees: { amount: 0, currency: 'VND' },
          tax: { amount: 35_000, currency: 'VND' },
          includedTax: { amount: 0, currency: 'VND' },
        },
        total: { amount: 535_000, currency: 'VND' },
      },
      startsAt: '2027-01-02T12:00:00.000Z',
      timeZone: 'Asia/Ho_Chi_Minh',
      venueName: 'Old Harbour',
      tickets: codes.map((code) => ({
        ticketId: newId(),
        name: 'Balcony',
        sealedCode: sealer.seal('ticket-code', code),
      })),
    },
  });
}

describe('notifications', () => {
  it('confirms an order by mail with every code as text and picture, and in the inbox', async () => {
    const { user, email, name } = await register('Lan <b>Nguyen</b>');
    const event = completed({ userId: user.userId, email, name }, ['code-one', 'code-two']);
    await publishAndSettle(bus, 'notifications', 'order-events', [event]);
    const mail = (await mailsTo(email)).find(
      ({ subject }) => subject === 'Your tickets for Night of the Lanterns',
    );
    expect(mail?.text).toContain('code-one');
    expect(mail?.text).toContain('code-two');
    expect(mail?.text).toContain(
      '2 x Balcony, 250,000 VND each: 500,000 VND\nTax: 35,000 VND\nTotal: 535,000 VND',
    );
    expect(mail?.text).toContain(`${LINKS}/orders/${event.subject}/cancel`);
    expect(mail?.text).toContain('Saturday, 2 January 2027 at 19:00');
    expect(mail?.html).not.toContain('<b>Nguyen');
    const page = await (await fetch(`${url}/mail/${mail?.id}`)).text();
    expect(page.match(/data:image\/png;base64,/g)).toHaveLength(2);

    const { data } = await platform.run<{
      notifications: {
        unreadCount: number;
        edges: { node: { title: string; order: { id: string } | null } }[];
      };
    }>(notifications, user, `{ notifications { unreadCount edges { node { title order { id } } } } }`);
    expect(data.notifications.unreadCount).toBe(2);
    expect(data.notifications.edges[0]?.node).toEqual({
      title: 'Your tickets for Night of the Lanterns',
      order: { id: event.subject },
    });
  });

  it('makes one message of an event that comes again', async () => {
    const { user, email, name } = await register();
    const event = completed({ userId: user.userId, email, name }, ['x']);
    await publishAndSettle(bus, 'notifications', 'order-events', [event]);
    await bus.publish('order-events', [event]);
    await publishAndSettle(bus, 'notifications', 'order-events', [
      completed({ userId: user.userId, email, name }, ['y']),
    ]);
    expect((await mailsTo(email)).filter(({ subject }) => subject.startsWith('Your tickets'))).toHaveLength(
      2,
    );
  });

  it('opens sealed tokens for the mail alone', async () => {
    const { user, email, name } = await register();
    const { sealer } = platform.contextFor('notifications');
    await publishAndSettle(bus, 'notifications', 'user-events', [
      testEvent(UserVerificationRequested, {
        aggregateId: user.userId,
        aggregateVersion: 2,
        data: {
          userId: user.userId,
          email,
          name,
          sealedToken: sealer.seal('email-verification', 'the-token'),
          expiresAt: '2027-01-01T00:00:00.000Z',
        },
      }),
      testEvent(OrganizationInvitationCreated, {
        data: {
          organizationId: newId(),
          organizationName: 'Lantern Theatre',
          invitationId: newId(),
          email,
          role: 'EDITOR',
          invitedBy: 'Minh',
          sealedToken: sealer.seal('organization-invitation', 'the-invitation'),
          expiresAt: '2027-01-01T00:00:00.000Z',
        },
      }),
    ]);
    const mails = await mailsTo(email);
    expect(mails.some(({ text }) => text.includes('the-token'))).toBe(true);
    expect(
      mails.some(
        ({ subject, text }) =>
          subject === 'Minh invites you to Lantern Theatre' && text.includes('the-invitation'),
      ),
    ).toBe(true);
  });

  it('tells calmly of a new device: which, from where, when', async () => {
    const { user, email, name } = await register();
    const { userId } = user;
    const alert = { userId, email, name, address: '203.0.113.7', at: '2027-01-02T12:00:00.000Z' };
    await publishAndSettle(bus, 'notifications', 'user-events', [
      testEvent(UserSecurityAlert, {
        aggregateId: userId,
        aggregateVersion: 2,
        data: { ...alert, kind: 'NEW_DEVICE', deviceName: 'Firefox <on> Linux' },
      }),
      testEvent(UserSecurityAlert, {
        aggregateId: userId,
        aggregateVersion: 3,
        data: { ...alert, kind: 'ACCOUNT_LOCKED' },
      }),
    ]);
    const mails = await mailsTo(email);
    const { text, html } = mails.find(({ subject }) => subject === 'You signed in on a new device') ?? {};
    for (const part of ['Firefox <on> Linux', '203.0.113.7', '2 Jan 2027', LINKS + '/account/sessions']) {
      expect(text).toContain(part);
    }
    expect(html).not.toContain('<on>');
    expect(mails.some(({ subject }) => subject.startsWith('Something unusual'))).toBe(true);
  });

  it('says until when to pay by the time of the venue, and where', async () => {
    const { user, email, name } = await register();
    const eventId = await publishEvent();
    const { order } = completed({ userId: user.userId, email, name }, ['x']).data;
    await publishAndSettle(bus, 'notifications', 'order-events', [
      testEvent(OrderPaymentFailed, {
        aggregateId: order.orderId,
        data: {
          order: { ...order, listingId: eventId },
          reason: 'Declined.',
          payBy: '2027-01-01T10:15:00.000Z',
        },
      }),
    ]);
    const [mail] = (await mailsTo(email)).filter(({ subject }) => subject.includes('did not go through'));
    expect(mail?.text).toContain('Friday, 1 January 2027 at 17:15 (time of the venue)');
    expect(mail?.text).toContain(`${LINKS}/orders/${order.orderId}`);
  });

  it('tells of a turn and of the end of a sale, pushing to the open inbox', async () => {
    const { user, email } = await register();
    const eventId = await publishEvent('Gala');
    const inbox = await platform.subscribe(
      notifications,
      user,
      `subscription { notificationReceived { version unreadCount latest { title } } }`,
    );
    const first = await inbox.next();
    expect(first.value).toMatchObject({ data: { notificationReceived: { version: 1, unreadCount: 1 } } });
    const entry = { entryId: newId(), eventId, userId: user.userId };
    await publishAndSettle(bus, 'notifications', 'queue-events', [
      testEvent(QueueReady, {
        aggregateId: entry.entryId,
        aggregateVersion: 2,
        data: { ...entry, admissionId: newId(), expiresAt: '2027-01-01T00:00:00.000Z' },
      }),
    ]);
    expect((await inbox.next()).value).toMatchObject({
      data: { notificationReceived: { version: 2, latest: { title: 'It is your turn' } } },
    });
    await publishAndSettle(bus, 'notifications', 'queue-events', [
      testEvent(QueueEnded, { aggregateId: newId(), data: { ...entry, reason: 'SOLD_OUT' } }),
    ]);
    expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['It is your turn: Gala', 'The sale is over: Gala']),
    );
    await inbox.return?.();
  });

  it.each(['"a:b@c.de"', 'lan\0@example.org', 'x'])(
    'has what is no address parked for support, and the event is done: %j',
    async (email) => {
      const { user, name } = await register();
      const event = completed({ userId: user.userId, email, name }, ['CODE']);
      await publishAndSettle(bus, 'notifications', 'order-events', [event]);
      const pool = createPool(database.url, { max: 1, applicationName: 'test' });
      const { rows } = await pool.query<{ status: string; failure: string; address: string }>(
        `select d.status, a.failure, d.address from delivery d join delivery_attempt a on a.delivery_id = d.id
         where d.order_id = $1`,
        [event.subject],
      );
      await pool.end();
      expect(rows).toEqual([
        {
          status: 'PARKED',
          failure: expect.stringContaining('Not an address'),
          address: expect.stringContaining('Not an address'),
        },
      ]);
      expect(await mailsTo('b@c.de')).toEqual([]);
    },
  );

  it('waits for the copy when an event overtakes the person it is about', async () => {
    const eventId = await publishEvent('Early');
    const userId = newId();
    const data = { entryId: newId(), eventId, userId, reason: 'SALE_ENDED' as const };
    await publishAndSettle(bus, 'notifications', 'queue-events', [testEvent(QueueEnded, { data })]);
    const email = `${userId}@example.org`;
    expect(await mailsTo(email)).toEqual([]);
    await publishAndSettle(bus, 'notifications', 'user-events', [
      testEvent(UserRegistered, {
        aggregateId: userId,
        data: { userId, email, name: 'Late', language: 'en' },
      }),
    ]);
    await waitUntil(
      async () => (await mailsTo(email)).some(({ subject }) => subject === 'The sale is over: Early'),
      'the mail',
    );
  });

  it('marks only its own notifications as read', async () => {
    const { user } = await register();
    const other = await register();
    const ids = await platform.run<{ notifications: { edges: { node: { id: string } }[] } }>(
      notifications,
      user,
      `{ notifications { edges { node { id } } } }`,
    );
    const id = ids.data.notifications.edges[0]?.node.id;
    const mark = `mutation ($ids: [ID!]) { markNotificationsRead(ids: $ids) { ... on MarkNotificationsReadPayload { unreadCount } } }`;
    await platform.run(notifications, other.user, mark, { ids: [id] });
    const count = await platform.run<{ notifications: { unreadCount: number } }>(
      notifications,
      user,
      `{ notifications { unreadCount } }`,
    );
    expect(count.data.notifications.unreadCount).toBe(1);
    const own = await platform.run<{ markNotificationsRead: { unreadCount: number } }>(
      notifications,
      user,
      mark,
      { ids: [id] },
    );
    expect(own.data.markNotificationsRead.unreadCount).toBe(0);
  });

  it('refuses a text with a placeholder that the message has not, and uses a changed one', async () => {
    const admin = person(undefined, 'ADMIN');
    const save = `mutation ($input: TemplateInput!) { saveTemplate(input: $input) { __typename ... on InvalidInput { fields { path rule } } } }`;
    const run = async (text: string) =>
      (
        await platform.run<{ saveTemplate: object }>(notifications, admin, save, {
          input: { name: 'welcome', subject: 'Hi {{name}}', html: '<p>{{name}}</p>', text },
        })
      ).data.saveTemplate;
    expect(await run('{{surname}}')).toEqual({
      __typename: 'InvalidInput',
      fields: [{ path: 'input.text', rule: 'BAD_TEMPLATE' }],
    });
    expect(await run('Hi {{name}}!')).toEqual({ __typename: 'SaveTemplatePayload' });
    const { email } = await register('Minh');
    expect((await mailsTo(email)).map(({ subject }) => subject)).toEqual(['Hi Minh']);
    const guestly = await platform.run(notifications, person(), save, {
      input: { name: 'welcome', subject: 's', html: 'h', text: 't' },
    });
    expect(guestly.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});

describe('mail by SMTP', () => {
  let smtp: SMTPServer;
  const taken: string[] = [];
  let refusals = 0;

  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      // Connections are kept: closing does not wait for them.
      closeTimeout: 1,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, callback) {
        let mail = '';
        stream.on('data', (chunk: Buffer) => (mail += chunk.toString()));
        stream.on('end', () => {
          if (refusals > 0) {
            refusals -= 1;
            callback(new Error('try later'));
            return;
          }
          taken.push(mail);
          callback();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    await notifications.stop();
    const { port } = smtp.server.address() as AddressInfo;
    await startNotifications({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  });

  afterAll(async () => {
    await new Promise<void>((resolve) => smtp.close(resolve));
  });

  it('is tried again under the same Message-ID until it is taken', async () => {
    refusals = 1;
    const { email } = await register('Again');
    await waitUntil(() => taken.some((mail) => mail.includes(`To: ${email}`)), 'the mail');
    const mail = taken.find((each) => each.includes(`To: ${email}`));
    expect(mail).toMatch(/^Message-ID: <[0-9a-f-]{36}@foyer>/m);
  });

  it('is parked after three tries, and sent when support says so', async () => {
    refusals = 3;
    const { email } = await register('Parked');
    const support = person(undefined, 'MANAGER');
    const parked = async () => {
      const { data } = await platform.run<{
        parkedDeliveries: { id: string; address: string; attempts: { failure: string }[] }[];
      }>(notifications, support, `{ parkedDeliveries { id address attempts { failure } } }`);
      return data.parkedDeliveries.find(({ address }) => address === email);
    };
    await waitUntil(async () => (await parked()) !== undefined, 'the parked delivery');
    const delivery = await parked();
    expect(delivery?.attempts).toHaveLength(3);
    await platform.run(
      notifications,
      support,
      `mutation ($id: ID!) { retryDelivery(id: $id) { __typename } }`,
      { id: delivery?.id },
    );
    await waitUntil(() => taken.some((mail) => mail.includes(`To: ${email}`)), 'the mail');
  });
});
