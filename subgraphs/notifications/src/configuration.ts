import type { Environment } from '@foyer/platform';

/** The settings of notifications. */
export interface NotificationsConfiguration {
  /** `SMTP_URL`: where mail is handed in; undefined keeps it for the development page. */
  readonly smtpUrl: string | undefined;
  /** `MAIL_FROM`: the sender. */
  readonly mailFrom: string;
  /** `NOTIFICATIONS_POOL_SIZE`: connections to the database. */
  readonly poolSize: number;
}

/** Reads the settings. @throws ConfigurationError naming a variable that is wrong. */
export function readConfiguration(environment: Environment): NotificationsConfiguration {
  return {
    smtpUrl: readSmtpUrl(environment),
    mailFrom: environment.text('MAIL_FROM', 'Foyer <no-reply@foyer.localhost>'),
    poolSize: environment.integer('NOTIFICATIONS_POOL_SIZE', 8, { minimum: 2, maximum: 200 }),
  };
}

function readSmtpUrl(environment: Environment): string | undefined {
  const url = environment.optional('SMTP_URL');
  if (url === undefined || /^smtps?:\/\/[^/]+\/?$/.test(url)) return url?.replace(/\/$/, '');
  return environment.refuse<string | undefined>(
    'SMTP_URL: must be smtp://user:password@host:587 or smtps://….',
    undefined,
  );
}
