import type { Clock, PubSub } from '@foyer/platform';
import type { Database } from '@foyer/prisma';
import type { Notification, PrismaClient } from '@foyer/prisma/notifications';
import { inboxChannel } from './notifier.js';

/** Which notifications. */
export interface InboxQuery {
  readonly userId: string;
  readonly unreadOnly: boolean;
  /** Only those before this sequence. */
  readonly before: number | null;
  readonly limit: number;
}

/** The state of an inbox. */
export interface InboxState {
  readonly version: number;
  readonly unreadCount: number;
  readonly latest: Notification | null;
}

/** Inboxes in the database. */
export interface InboxStore {
  /** The newest first. */
  list(query: InboxQuery): Promise<readonly Notification[]>;
  unreadCount(userId: string): Promise<number>;
  state(userId: string): Promise<InboxState>;
  /** Marks as read. @param ids null is all. */
  markRead(userId: string, ids: readonly string[] | null): Promise<void>;
}

/** The store on Postgres. */
export function createInboxStore(database: Database<PrismaClient>, pubsub: PubSub, clock: Clock): InboxStore {
  const { client } = database;
  const unreadCount = (userId: string) => client.notification.count({ where: { userId, readAt: null } });
  return {
    list: ({ userId, unreadOnly, before, limit }) =>
      client.notification.findMany({
        where: {
          userId,
          ...(unreadOnly && { readAt: null }),
          ...(before !== null && { sequence: { lt: before } }),
        },
        orderBy: { sequence: 'desc' },
        take: limit,
      }),
    unreadCount,
    async state(userId) {
      // The version first: what is read after it is at least as new.
      const inbox = await client.inbox.findUnique({ where: { userId } });
      const latest = await client.notification.findFirst({
        where: { userId },
        orderBy: { sequence: 'desc' },
      });
      return { version: Number(inbox?.version ?? 0n), unreadCount: await unreadCount(userId), latest };
    },
    async markRead(userId, ids) {
      await database.transaction(async (transaction, sql) => {
        await sql.query(`select 1 from inbox where user_id = $1 for update`, [userId]);
        const { count } = await transaction.notification.updateMany({
          where: { userId, readAt: null, ...(ids && { id: { in: [...ids] } }) },
          data: { readAt: clock.now() },
        });
        if (count === 0) return;
        await transaction.inbox.update({ where: { userId }, data: { version: { increment: 1 } } });
        sql.afterCommit(() => {
          pubsub.publish(inboxChannel(userId), '');
        });
      });
    },
  };
}
