import {
  OrganizationMemberAdded,
  RestaurantUpdated,
  UserUpdated,
  type EventDataOf,
  type RestaurantSnapshot,
} from '@foyer/kafka';
import { createTestBus, publishAndSettle, testEvent } from '@foyer/kafka/testing';
import { createPool, newId, type UserIdentity } from '@foyer/platform';
import { createTestPlatform, person } from '@foyer/platform/testing';
import { createTestDatabase } from '@foyer/prisma/testing';
import { createNotifications } from '../index.js';
import type { KeptMail } from '../store/deliveryStore.js';

/** Somebody with an account. */
export interface TestPerson {
  readonly user: UserIdentity;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

type Kept = Omit<KeptMail, 'attachments' | 'createdAt'>;

/** Notifications on a database and a bus of their own, with what tests of reservations say to them. */
export async function createTestNotifications() {
  const bus = await createTestBus();
  const database = await createTestDatabase('notifications');
  const pool = createPool(database.url, { max: 1, applicationName: 'foyer-notifications-test' });
  const platform = createTestPlatform({ environment: {} });
  const context = platform.contextFor('notifications');
  const start = async (own = bus) => {
    const notifications = await createNotifications({ context, bus: own, databaseUrl: database.url });
    await notifications.start();
    return { notifications, url: await notifications.listen('127.0.0.1', 0) };
  };
  let running = await start();
  const publish = (
    topic: 'user-events' | 'catalog-events' | 'order-events' | 'inventory-events',
    events: readonly ReturnType<typeof testEvent>[],
  ) => publishAndSettle(bus, 'notifications', topic, events);

  return {
    pool,
    platform,
    sealer: context.sealer,
    publish,
    subgraph: () => running.notifications,
    url: () => running.url,
    async restart(between: () => Promise<unknown>): Promise<void> {
      await running.notifications.stop();
      await between();
      running = await start();
    },
    async stop(): Promise<void> {
      await running.notifications.stop();
      await bus.close();
      await pool.end();
      await database.drop();
    },
    /** Another process on the same database, with nothing to read on its bus. @returns what stops it. */
    async startAnother(): Promise<() => Promise<void>> {
      const quiet = await createTestBus();
      const { notifications } = await start(quiet);
      return async () => {
        await notifications.stop();
        await quiet.close();
      };
    },
    /** The mails that somebody got, the newest first. */
    async mailsTo(email: string): Promise<readonly Kept[]> {
      const response = await fetch(`${running.url}/mail.json?to=${encodeURIComponent(email)}`);
      return ((await response.json()) as { mails: readonly Kept[] }).mails;
    },
    /** Somebody, as users tell of them. */
    async person(
      name: string,
      change: Partial<EventDataOf<typeof UserUpdated>> & { readonly channels?: readonly string[] } = {},
    ): Promise<TestPerson> {
      const user = person();
      const { userId } = user;
      const email = `${userId}@example.org`;
      const { channels = ['EMAIL', 'IN_APP'], ...rest } = change;
      await publish('user-events', [
        testEvent(UserUpdated, {
          aggregateId: userId,
          data: {
            ...{ userId, email, name, language: 'en', emailVerified: true, active: true },
            preferences: { cuisines: [], dietary: [], defaultPartySize: null, channels: [...channels] },
            ...rest,
          },
        }),
      ]);
      return { user, userId, email, name };
    },
    /** A restaurant, as catalog tells of it. */
    async restaurant(change: Partial<RestaurantSnapshot> = {}): Promise<RestaurantSnapshot> {
      const restaurantId = newId();
      const data: RestaurantSnapshot = {
        ...{ restaurantId, organizationId: newId(), name: 'Bến Nghé', status: 'PUBLISHED' },
        ...{ address: '1 Quay', city: 'Da Nang', zipCode: '550000', timeZone: 'Asia/Ho_Chi_Minh' },
        location: { latitude: 16.07, longitude: 108.22 },
        ...{ cuisines: ['vietnamese'], priceRange: 2, limitPerPersonAndDay: 2 },
        schedule: { slotMinutes: 30, hours: [], exceptions: [] },
        seating: {
          durations: [{ upToPartySize: 8, minutes: 90 }],
          ...{ minimumParty: 1, maximumParty: 8, horizonDays: 60, noticeMinutes: 30 },
        },
        areas: ['Main room', 'Terrace'].map((name) => ({
          ...{ areaId: newId(), name, place: 'INSIDE', kind: 'SEATS', seats: 20, tables: [], joins: [] },
        })),
        deposit: { amount: 0, currency: 'VND' },
        cancellation: { freeUntilHours: 24, thenPercent: 50 },
        ...change,
      };
      await publish('catalog-events', [testEvent(RestaurantUpdated, { aggregateId: restaurantId, data })]);
      return data;
    },
    /** Makes somebody a member of an organization. */
    member: (
      organizationId: string,
      userId: string,
      role: 'OWNER' | 'EDITOR' | 'DOOR',
      listingIds: string[] | null = null,
    ) =>
      publish('user-events', [
        testEvent(OrganizationMemberAdded, {
          aggregateId: newId(),
          data: { organizationId, userId, role, listingIds },
        }),
      ]),
  };
}

/** Notifications for tests. */
export type TestNotifications = Awaited<ReturnType<typeof createTestNotifications>>;
