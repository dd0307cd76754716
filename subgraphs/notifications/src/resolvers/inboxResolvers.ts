import {
  followLatest,
  InputCheck,
  isId,
  requirePermission,
  withRefusals,
  type RequestContext,
} from '@foyer/platform';
import { connectionFrom, readPage, type PageArguments } from '@foyer/schema';
import { inboxChannel } from '../store/notifier.js';
import type { NotificationServices } from './services.js';

const ORDER = { order: 'notification', key: 'BIGINT' } as const;

/** `notifications`: the caller's inbox. */
export function inboxQuery({ inbox }: NotificationServices) {
  return async (
    _: unknown,
    { unreadOnly, ...args }: PageArguments & { readonly unreadOnly: boolean },
    { identity }: RequestContext,
  ) => {
    const { userId } = requirePermission(identity, 'notification:read');
    const page = readPage(args, ORDER);
    const before = page.after ? Number(page.after.key) : null;
    const found = await inbox.list({ userId, unreadOnly, before, limit: page.limit });
    return {
      ...connectionFrom(found, page, ({ sequence, id }) => ({ key: Number(sequence), id })),
      unreadCount: () => inbox.unreadCount(userId),
    };
  };
}

/** `markNotificationsRead`. */
export function markReadMutation({ inbox }: NotificationServices) {
  return withRefusals(
    async (
      _: unknown,
      { ids }: { readonly ids?: readonly string[] | null },
      { identity }: RequestContext,
    ) => {
      const { userId } = requirePermission(identity, 'notification:read');
      new InputCheck().require((ids?.length ?? 0) <= 100, 'ids', 'TOO_MANY', 'Use at most 100 ids.').done();
      await inbox.markRead(userId, ids?.filter(isId) ?? null);
      return { __typename: 'MarkNotificationsReadPayload', unreadCount: await inbox.unreadCount(userId) };
    },
  );
}

/** `notificationReceived`: the inbox as it is, then at every change. */
export function inboxSubscription({ inbox, pubsub }: NotificationServices) {
  return {
    subscribe: (_: unknown, _arguments: unknown, { identity }: RequestContext) => {
      const { userId } = requirePermission(identity, 'notification:read');
      return followLatest({
        pubsub,
        channel: inboxChannel(userId),
        read: () => inbox.state(userId),
        versionOf: ({ version }) => version,
      });
    },
    resolve: (state: unknown) => state,
  };
}

/** Fields of a notification that are not simply read off it. */
export const notificationResolvers = {
  order: ({ orderId }: { readonly orderId: string | null }) => orderId && { id: orderId },
};
