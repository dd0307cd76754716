import { waitUntil } from '@foyer/platform/testing';
import type { SuiteSystem } from './suiteSystem.js';

/** A mail that was sent. */
export interface SentMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Waits for a mail to somebody, as the development page shows it. */
export function mailTo(
  system: Pick<SuiteSystem, 'addresses'>,
  email: string,
  subject: RegExp,
): Promise<SentMail> {
  return waitUntil(
    async () => {
      const response = await fetch(
        `${system.addresses.notifications}/mail.json?to=${encodeURIComponent(email)}`,
      );
      const { mails } = (await response.json()) as { mails: readonly SentMail[] };
      return mails.find((mail) => subject.test(mail.subject)) ?? null;
    },
    `a mail ${String(subject)} to ${email}`,
  );
}
