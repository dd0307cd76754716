import type { EventHandler, HandlerTransaction } from '@foyer/kafka';
import { newId, type PubSub, type Sealer } from '@foyer/platform';
import type { TransactionClient } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/notifications';
import type { MailAttachment } from '../channels/channel.js';
import { MESSAGES, type MessageName, type MessageValues } from '../domain/messages.js';
import { renderInbox, renderMessage, type MessageText } from '../domain/renderMessage.js';
import { databaseNow } from './databaseNow.js';

/** The transaction of a handler. */
export type NotifierTransaction = HandlerTransaction<TransactionClient<PrismaClient>>;

/** A handler of this subgraph. */
export type NotificationHandler = EventHandler<TransactionClient<PrismaClient>>;

/** A message to one recipient. */
export interface Message<Name extends MessageName> {
  /** The event that causes it: one message per event, recipient and channel. */
  readonly eventId: string;
  readonly name: Name;
  readonly to: {
    /** null: no account, and so no inbox. */
    readonly userId: string | null;
    readonly email: string;
    readonly language: string;
  };
  readonly values: MessageValues<Name>;
  readonly orderId?: string;
  readonly attachments?: readonly MailAttachment[];
}

/** Makes messages out of events. */
export interface Notifier {
  /** Queues a mail and fills the inbox, in the transaction of the event. Doing it again for the same event does nothing. */
  notify<Name extends MessageName>(transaction: NotifierTransaction, message: Message<Name>): Promise<void>;
}

/** What the notifier needs. */
export interface NotifierOptions {
  readonly sealer: Sealer;
  readonly pubsub: PubSub;
  /** Called after the commit of a transaction that queued something. */
  readonly onQueued: () => void;
}

/** The purpose under which the content of mails is sealed. */
export const CONTENT_PURPOSE = 'mail-content';

/** Channel on which changes of an inbox are told. */
export function inboxChannel(userId: string): string {
  return `notifications:${userId}`;
}

/** The notifier on Postgres. */
export function createNotifier({ sealer, pubsub, onQueued }: NotifierOptions): Notifier {
  return {
    async notify({ client, sql }, { eventId, name, to, values, orderId, attachments = [] }) {
      const now = await databaseNow(sql);
      const changed: MessageText | null =
        (await client.template.findUnique({ where: { name_language: { name, language: to.language } } })) ??
        (await client.template.findUnique({ where: { name_language: { name, language: 'en' } } }));
      const { subject, html, text } = renderMessage(changed ?? MESSAGES[name], values);
      const id = newId();
      const { count } = await client.delivery.createMany({
        data: {
          id,
          eventId,
          channel: 'EMAIL',
          template: name,
          userId: to.userId,
          address: to.email,
          subject,
          sealedContent: sealer.seal(CONTENT_PURPOSE, JSON.stringify({ html, text, attachments })),
          messageId: `<${id}@foyer>`,
          orderId: orderId ?? null,
          status: 'QUEUED',
          nextAttemptAt: now,
          createdAt: now,
        },
        skipDuplicates: true,
      });
      if (count > 0) sql.afterCommit(onQueued);

      const inbox = renderInbox(MESSAGES[name], values);
      const { userId } = to;
      if (!inbox || userId === null) return;
      // The inbox row's lock makes the sequence gapless and its readers' order that of the commits.
      const [row] = await sql.query<{ sequence: bigint }>(
        `insert into inbox (user_id, sequence, version) values ($1, 1, 1)
         on conflict (user_id) do update set sequence = inbox.sequence + 1, version = inbox.version + 1
         returning sequence`,
        [userId],
      );
      await client.notification.create({
        data: {
          id: newId(),
          sequence: row?.sequence ?? 1n,
          userId,
          eventId,
          kind: name.toUpperCase().replaceAll('-', '_'),
          title: inbox.title,
          body: inbox.body,
          orderId: orderId ?? null,
          createdAt: now,
        },
      });
      sql.afterCommit(() => {
        pubsub.publish(inboxChannel(userId), '');
      });
    },
  };
}
