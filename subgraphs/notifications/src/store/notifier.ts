import { findPerson, type EventHandler, type HandlerTransaction, type PersonCopy } from '@foyer/kafka';
import {
  isEmailAddress,
  newId,
  normalEmailAddress,
  storableText,
  type PubSub,
  type Sealer,
} from '@foyer/platform';
import type { TransactionClient } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/notifications';
import type { MailAttachment, MailCalendar } from '../channels/channel.js';
import { isAlwaysTold } from '../domain/isAlwaysTold.js';
import type { MailLimits } from '../domain/mailAllowance.js';
import type { MessageName, MessageValues } from '../domain/messages.js';
import { renderInbox, renderMessage } from '../domain/renderMessage.js';
import { stopWordsIn } from '../domain/stopWords.js';
import { chooseText } from './chooseText.js';
import { databaseNow } from './databaseNow.js';
import { sealContent } from './mailContent.js';
import { countMail } from './recipients.js';

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
    /** BCP 47. */
    readonly language: string;
    /** Whether it was the account's proven address until now. */
    readonly wasProven?: boolean;
  };
  /** What the text's placeholders stand for, in the language (two letters) in which there is a text. */
  readonly values: MessageValues<Name> | ((language: string) => MessageValues<Name>);
  readonly orderId?: string;
  /** What it tells of, where newer news take the place of older that have not gone yet; at most 200 characters. */
  readonly thing?: string;
  readonly attachments?: readonly MailAttachment[];
  /** A calendar file in the text's language. */
  readonly calendar?: (language: string) => MailCalendar;
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
  readonly mailLimits: MailLimits;
  /** Where mail to an address is stopped. @param language two letters. */
  readonly stopLink: (address: string, language: string) => string;
  /** Called after the commit of a transaction that queued something. */
  readonly onQueued: () => void;
}

/** What stands where somebody’s address is none, from a time in which more was taken for one: support sees it parked. */
const NO_ADDRESS = 'Not an address:';

/** Channel on which changes of an inbox are told. */
export function inboxChannel(userId: string): string {
  return `notifications:${userId}`;
}

/** The notifier on Postgres. */
export function createNotifier(options: NotifierOptions): Notifier {
  const { sealer, pubsub, mailLimits, stopLink, onQueued } = options;
  return {
    async notify(transaction, message) {
      const { client, sql } = transaction;
      const { name, to } = message;
      const now = await databaseNow(sql);
      const text = await chooseText(client, name, to.language);
      const values = typeof message.values === 'function' ? message.values(text.language) : message.values;
      const person = to.userId === null ? null : await findPerson(sql, to.userId);
      const always = isAlwaysTold(name);
      // null: all. Nothing else is known, or there is no account.
      const wanted = always ? null : (person?.preferences.channels ?? null);

      if (!wanted || wanted.includes('EMAIL')) {
        const normal = normalEmailAddress(to.email);
        const sendable = isEmailAddress(normal);
        const address = sendable ? normal : `${NO_ADDRESS} ${storableText(to.email).slice(0, 200)}`;
        const asked = to.wasProven ?? isProven(person, address);
        const words = stopWordsIn(text.language);
        const end = asked
          ? null
          : { why: words.why, label: words.link, link: stopLink(address, text.language) };
        const { subject, html, text: plain } = renderMessage(text.mail, values, text.language, end);
        const id = newId();
        const thing = message.thing ?? null;
        if (thing !== null) await withholdOlder(transaction, address, thing, message.eventId);
        const mayGo = sendable && (await countMail(sql, address, { name, asked, always }, mailLimits));
        const { count } = await client.delivery.createMany({
          data: {
            id,
            eventId: message.eventId,
            channel: 'EMAIL',
            template: name,
            userId: to.userId,
            address,
            subject,
            sealedContent: sealContent(sealer, {
              html,
              text: plain,
              attachments: message.attachments ?? [],
              calendar: message.calendar?.(text.language) ?? null,
            }),
            messageId: `<${id}@foyer>`,
            orderId: message.orderId ?? null,
            thing,
            status: !sendable ? 'PARKED' : mayGo ? 'QUEUED' : 'WITHHELD',
            nextAttemptAt: now,
            createdAt: now,
          },
          skipDuplicates: true,
        });
        if (count > 0 && !sendable) {
          await client.deliveryAttempt.create({
            data: { deliveryId: id, number: 1, at: now, failure: `${NO_ADDRESS} mail can’t be sent.` },
          });
        } else if (count > 0) sql.afterCommit(onQueued);
      }

      const inbox = renderInbox(text, values);
      const { userId } = to;
      if (!inbox || userId === null || (wanted && !wanted.includes('IN_APP'))) return;
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
          eventId: message.eventId,
          kind: name.toUpperCase().replaceAll('-', '_'),
          title: inbox.title,
          body: inbox.body,
          orderId: message.orderId ?? null,
          createdAt: now,
        },
      });
      sql.afterCommit(() => {
        pubsub.publish(inboxChannel(userId), '');
      });
    },
  };
}

/** Whether mail goes to the address that the account it is about has proven. All other mail may be nobody's wish. */
function isProven(person: PersonCopy | null, address: string): boolean {
  return person?.emailVerified === true && person.email === address;
}

/** Withholds what tells of the same thing and has not gone: it would be old news. */
async function withholdOlder(
  { sql }: NotifierTransaction,
  address: string,
  thing: string,
  eventId: string,
): Promise<void> {
  await sql.query(
    `update delivery set status = 'WITHHELD'
     where address = $1 and thing = $2 and status = 'QUEUED' and attempts = 0 and event_id <> $3`,
    [address, thing, eventId],
  );
}
