import { isEmailAddress, wireEmailAddress } from '@foyer/platform';
import { createTransport } from 'nodemailer';
import type { EmailChannel } from './channel.js';

/** From whom mail comes. */
export interface Sender {
  /** Empty: the address stands alone. */
  readonly name: string;
  /** In its normal form. */
  readonly address: string;
}

/** Where mail is handed in. */
export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  readonly from: Sender;
}

/**
 * Sends mail by SMTP over a few kept connections. Addresses go to the mailer as structures, on the envelope and in the
 * headers: as text it would read `"a:b@c.de"` as a group with the member `b@c.de`.
 */
export function createSmtpChannel({ url, from }: SmtpOptions): EmailChannel {
  const transport = createTransport(url, {});
  const sender = { name: from.name, address: wireEmailAddress(from.address) };
  return {
    async send({ attachments, calendar, to, ...mail }) {
      if (!isEmailAddress(to)) throw new Error('This is no address that mail can be sent to.');
      const address = wireEmailAddress(to);
      await transport.sendMail({
        ...mail,
        from: sender,
        to: { name: '', address },
        envelope: { from: sender.address, to: [address] },
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
