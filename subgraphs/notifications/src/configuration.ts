import {
  asLine,
  isEmailAddress,
  normalEmailAddress,
  type Environment,
  type SubgraphContext,
} from '@foyer/platform';
import type { Sender } from './channels/createSmtpChannel.js';
import type { MailLimits } from './domain/mailAllowance.js';

/** The settings of notifications. */
export interface NotificationsConfiguration {
  /** `SMTP_URL`: where mail is handed in; undefined keeps it for the development page. */
  readonly smtpUrl: string | undefined;
  /** `MAIL_FROM`: the sender. */
  readonly mailFrom: Sender;
  /** `NOTIFICATIONS_REVIEW_URL`: where a guest reviews a reservation; null: nowhere in particular. */
  readonly reviewUrl: (reservationId: string) => string | null;
  /** `FOYER_FRONT_END_URL`: where mails lead, without a slash at its end; null: nowhere. */
  readonly frontEndUrl: string | null;
  /**
   * `NOTIFICATIONS_MAILS_PER_DAY`: mails of all kinds to the proven address of an account, receipts and security aside;
   * `NOTIFICATIONS_UNASKED_PER_DAY`: to any other address.
   */
  readonly mailLimits: MailLimits;
  /** `NOTIFICATIONS_POOL_SIZE`: connections to the database. */
  readonly poolSize: number;
}

/** What stands for the reservation's id in `NOTIFICATIONS_REVIEW_URL`. */
const RESERVATION = '{reservationId}';

/** Reads the settings. @throws ConfigurationError naming a variable that is wrong. */
export function readConfiguration(context: SubgraphContext): NotificationsConfiguration {
  const { environment } = context;
  return {
    smtpUrl: readSmtpUrl(environment),
    mailFrom: readSender(environment),
    reviewUrl: readReviewUrl(context),
    frontEndUrl: readFrontEndUrl(environment),
    mailLimits: {
      asked: environment.integer('NOTIFICATIONS_MAILS_PER_DAY', 200, { minimum: 1 }),
      unasked: environment.integer('NOTIFICATIONS_UNASKED_PER_DAY', 10, { minimum: 1 }),
    },
    poolSize: environment.integer('NOTIFICATIONS_POOL_SIZE', 8, { minimum: 2, maximum: 200 }),
  };
}

/** `Foyer <tickets@example.org>`, or the address alone. */
function readSender(environment: Environment): Sender {
  const text = environment.text('MAIL_FROM', 'Foyer <no-reply@foyer.localhost>').trim();
  const [, name = '', address = text] = /^(.*?)\s*<([^<>]*)>$/s.exec(text) ?? [];
  const sender = { name: asLine(name.replace(/^"(.*)"$/, '$1')), address: normalEmailAddress(address) };
  if (isEmailAddress(sender.address)) return sender;
  return environment.refuse(
    'MAIL_FROM: must be an address, or a name and an address: Foyer <tickets@example.org>.',
    sender,
  );
}

function readSmtpUrl(environment: Environment): string | undefined {
  const url = environment.optional('SMTP_URL');
  if (url === undefined || /^smtps?:\/\/[^/]+\/?$/.test(url)) return url?.replace(/\/$/, '');
  return environment.refuse<string | undefined>(
    'SMTP_URL: must be smtp://user:password@host:587 or smtps://….',
    undefined,
  );
}

function readFrontEndUrl(environment: Environment): string | null {
  const url = environment.optional('FOYER_FRONT_END_URL');
  if (url === undefined) return null;
  if (!URL.canParse(url) || !/^https?:\/\/[^?#]+$/.test(url)) {
    return environment.refuse<string | null>(
      'FOYER_FRONT_END_URL: must be an address without ? and #: https://shop.example.org',
      null,
    );
  }
  return url.replace(/\/+$/, '');
}

function readReviewUrl({
  environment,
  development,
  publicUrl,
}: SubgraphContext): NotificationsConfiguration['reviewUrl'] {
  const url = environment.optional('NOTIFICATIONS_REVIEW_URL');
  if (url === undefined) {
    return development ? (id) => `${publicUrl('gateway')}/graphiql?${reviewOperation(id)}` : () => null;
  }
  if (!URL.canParse(url) || !/^https?:/.test(url) || !url.includes(RESERVATION)) {
    return environment.refuse(
      `NOTIFICATIONS_REVIEW_URL: must be an address with ${RESERVATION} in it: https://www.example.org/review/${RESERVATION}`,
      () => null,
    );
  }
  return (id) => url.replaceAll(RESERVATION, id);
}

/** Without a front end of its own, GraphiQL shows the operation, filled in. */
function reviewOperation(reservationId: string): string {
  const query = `mutation {
  writeReview(input: { reservationId: "${reservationId}", rating: 5, text: "" }) {
    ... on ReviewPayload { review { id rating } }
    ... on Refusal { code message }
  }
}`;
  return new URLSearchParams({ query }).toString();
}
