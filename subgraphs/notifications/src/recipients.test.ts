import {
  OrganizationInvitationCreated,
  UserEmailChanged,
  UserEmailChangeRequested,
  UserPasswordChanged,
  UserVerificationRequested,
  ReservationCancelled,
  ReservationConfirmed,
} from '@foyer/kafka';
import { testEvent } from '@foyer/kafka/testing';
import { newId } from '@foyer/platform';
import {
  createTestNotifications,
  type TestNotifications,
  type TestPerson,
} from './testing/createTestNotifications.js';

describe('mail to an address', () => {
  let system: TestNotifications;
  let url: string;

  beforeAll(async () => {
    system = await createTestNotifications();
    url = system.url();
  });
  afterAll(() => system.stop());

  const stranger = (): string => `${newId()}@Example.org`;
  const inviteEach = (email: string, times: number) =>
    system.publish(
      'user-events',
      Array.from({ length: times }, () =>
        testEvent(OrganizationInvitationCreated, {
          aggregateId: newId(),
          data: {
            organizationId: newId(),
            organizationName: 'Lantern Theatre',
            invitationId: newId(),
            email,
            role: 'EDITOR',
            invitedBy: 'Minh',
            sealedToken: system.sealer.seal('organization-invitation', 'code'),
            expiresAt: '2090-01-01T00:00:00.000Z',
          },
        }),
      ),
    );
  const change = ({ userId, email, name }: TestPerson, times = 1) =>
    system.publish(
      'user-events',
      Array.from({ length: times }, () =>
        testEvent(UserPasswordChanged, { aggregateId: newId(), data: { userId, email, name } }),
      ),
    );
  const verify = ({ userId, email, name }: Pick<TestPerson, 'userId' | 'email' | 'name'>) =>
    system.publish('user-events', [
      testEvent(UserVerificationRequested, {
        aggregateId: newId(),
        data: {
          ...{ userId, email, name },
          sealedToken: system.sealer.seal('email-verification', 'token'),
          expiresAt: '2090-01-01T00:00:00.000Z',
        },
      }),
    ]);
  const count = async (email: string, status: string): Promise<number> => {
    const { rows } = await system.pool.query<{ count: number }>(
      `select count(*)::int as count from delivery where address = $1 and (status = 'WITHHELD') = ($2 = 'WITHHELD')`,
      [email.toLowerCase(), status],
    );
    return rows[0]?.count ?? 0;
  };
  const mailed = (email: string) => count(email, 'gone');
  const withheld = (email: string) => count(email, 'WITHHELD');
  const linkIn = async (email: string): Promise<string> => {
    const [mail] = await system.mailsTo(email.toLowerCase());
    const link = /^http\S+\/stop-mail\?\S+$/m.exec(mail?.text ?? '')?.[0] ?? '';
    expect(mail?.html).toContain('stop-mail?');
    return url + link.slice(link.indexOf('/stop-mail'));
  };

  it('that nobody has proven is bounded, whoever causes it, and support sees what was withheld', async () => {
    const email = stranger();
    await inviteEach(email, 12);
    expect([await mailed(email), await withheld(email)]).toEqual([10, 2]);
    // Of all kinds together, and in whatever case the address is written.
    await verify({ userId: newId(), email: email.toLowerCase(), name: 'Rival' });
    expect(await mailed(email)).toBe(10);
    await system.pool.query(`update recipient set day_at = day_at - interval '1 day'`);
    await inviteEach(email, 1);
    expect(await mailed(email)).toBe(11);
  });

  it('of guests of reservations is bounded too: booked and cancelled, twenty times', async () => {
    const rival = await system.person('Rival');
    const restaurant = await system.restaurant();
    const email = stranger();
    for (let round = 0; round < 20; round += 1) {
      const reservationId = newId();
      const data = {
        ...{ reservationId, code: 'K7M2QXWA', restaurantId: restaurant.restaurantId },
        areaId: restaurant.areas[0]?.areaId ?? '',
        ...{ startsAt: '2090-01-02T12:00:00.000Z', endsAt: '2090-01-02T13:30:00.000Z', partySize: 4 },
        userId: rival.userId,
        guest: system.sealer.seal('reservation-guest', JSON.stringify({ name: 'You fool', email })),
      };
      await system.publish('order-events', [
        testEvent(ReservationConfirmed, {
          ...{ aggregateId: reservationId, aggregateVersion: 1 },
          data: { ...data, status: 'CONFIRMED' },
        }),
        testEvent(ReservationCancelled, {
          ...{ aggregateId: reservationId, aggregateVersion: 2 },
          data: { ...data, status: 'CANCELLED', reason: 'BY_GUEST' },
        }),
      ]);
    }
    expect(await mailed(email)).toBeLessThanOrEqual(10);
    expect((await mailed(email)) + (await withheld(email))).toBe(40);
  });

  it('that its account has proven has no such end, and what concerns safety always goes', async () => {
    const lan = await system.person('Lan');
    await change(lan, 12);
    expect([await mailed(lan.email), await withheld(lan.email)]).toEqual([12, 0]);
    const [mail] = await system.mailsTo(lan.email);
    expect(mail?.text).not.toContain('stop-mail');
  });

  it('of a changed account goes to the new one for a proof, and always tells the old one', async () => {
    const lan = await system.person('Lan');
    const newEmail = stranger();
    await inviteEach(lan.email, 12);
    const { userId, name, email } = lan;
    await system.publish('user-events', [
      testEvent(UserEmailChangeRequested, {
        aggregateId: newId(),
        data: {
          ...{ userId, name, email, newEmail },
          sealedToken: system.sealer.seal('email-change', 'the-token'),
          expiresAt: '2090-01-01T00:00:00.000Z',
        },
      }),
    ]);
    const [proof] = await system.mailsTo(newEmail.toLowerCase());
    expect(proof?.text).toContain('the-token');
    expect(proof?.text).toContain('stop-mail');
    await system.publish('user-events', [
      testEvent(UserEmailChanged, {
        aggregateId: newId(),
        data: { ...{ userId, name, email: newEmail }, oldEmail: email, oldEmailVerified: true },
      }),
    ]);
    const [told] = await system.mailsTo(email.toLowerCase());
    expect(told?.text).toContain(newEmail);
    expect(told?.text).not.toContain('the-token');
  });

  it('is stopped by its owner, by a button and not by opening the link', async () => {
    const email = stranger();
    await inviteEach(email, 1);
    const link = await linkIn(email);
    const page = await fetch(link);
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining("frame-ancestors 'none'"),
    ]);
    await inviteEach(email, 1);
    expect(await mailed(email)).toBe(2);

    const form = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '',
    };
    expect((await fetch(link, form)).status).toBe(200);
    expect((await fetch(link, form)).status).toBe(200);
    await inviteEach(email, 1);
    expect([await mailed(email), await withheld(email)]).toEqual([2, 1]);
    // One who registers after all can prove it, once a day.
    await system.pool.query(`update recipient set day_at = day_at - interval '1 day'`);
    await verify({ userId: newId(), email, name: 'Owner' });
    await verify({ userId: newId(), email, name: 'Rival' });
    expect([await mailed(email), await withheld(email)]).toEqual([3, 2]);
  });

  it('is stopped for nobody else, and what is made up is not found', async () => {
    const [email, other] = [stranger(), stranger()];
    await inviteEach(email, 1);
    const link = new URL(await linkIn(email));
    link.searchParams.set('address', other);
    const proof = '&proof=made-up&proof=twice';
    for (const wrong of [link.href, `${url}/stop-mail`, `${url}/stop-mail?address=${other}${proof}`]) {
      for (const method of ['GET', 'POST']) expect((await fetch(wrong, { method })).status).toBe(404);
    }
    await inviteEach(other, 1);
    expect(await mailed(other)).toBe(1);
  });
});
