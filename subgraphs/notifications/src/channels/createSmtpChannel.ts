import { createTransport } from 'nodemailer';
import type { EmailChannel } from './channel.js';

/** Where mail is handed in. */
export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  /** The sender, `Foyer <tickets@example.org>`. */
  readonly from: string;
}

/** Sends mail by SMTP over a few kept connections. */
export function createSmtpChannel({ url, from }: SmtpOptions): EmailChannel {
  const transport = createTransport(url, {});
  return {
    async send({ attachments, calendar, ...mail }) {
      await transport.sendMail({
        ...mail,
        from,
        attachments: attachments.map(({ name, contentType, content }) => ({
          filename: `${name}.png`,
          cid: name,
          contentType,
          content: Buffer.from(content, 'base64'),
        })),
        // As an alternative, which mail programs offer to enter, and as a file for all others.
        ...(calendar && { icalEvent: { ...calendar, filename: 'reservation.ics' } }),
      });
    },
    async check() {
      await transport.verify();
    },
    close() {
      transport.close();
    },
  };
}
